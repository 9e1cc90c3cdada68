"""A model's answer as the sum of its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.results.stamp import Floats, Stamp, stamp_dict

Part = tuple[int, ...]  # (layer, head), counted from 0, or (channel,)
MAIN = ("heads", "channels")  # the terms whose parts can be opened and taken off


@dataclass(frozen=True, eq=False)
class Term:
    """One kind of part.

    Attributes:
        axes: their names, as (layer, head, output); the last is always "output".
        values: what each part adds to the output.
    """

    axes: tuple[str, ...]
    values: Floats

    def sum(self) -> Floats:
        """Return all of its parts together, (k,)."""
        width = self.values.shape[-1]
        return np.asarray(self.values.reshape(-1, width).sum(0, dtype=np.float64), np.float32)


@dataclass(frozen=True, eq=False)
class Contributions:
    """A picture's output, the sum of what each part adds.

    Attributes:
        terms: by name; "heads" or "channels" first, then MLPs, embedding and biases.
        direction: (k,), what the target asks of the output: score = sum() @ direction.
        target: what is asked, in words.
        maps: (*parts, rows, columns), each head's or channel's share of the score by place.
        picture: (side, side, 3), what the network saw.
        stamp: where it comes from.
    """

    terms: Mapping[str, Term]
    direction: Floats
    target: str
    maps: Floats
    picture: npt.NDArray[np.uint8]
    stamp: Stamp

    @property
    def main(self) -> str:
        """The term whose parts can be taken off: "heads" or "channels"."""
        return next(name for name in MAIN if name in self.terms)

    def sum(self) -> Floats:
        """Return the model's own output, before it is scaled to length 1, (k,)."""
        return np.asarray(np.sum([term.sum() for term in self.terms.values()], 0), np.float32)

    @property
    def score(self) -> float:
        """The number that was asked for: a logit, or the cosine with a text or picture."""
        return float(self.sum() @ self.direction)

    def scores(self, term: str) -> Floats:
        """Return what each part of a term adds to the score, of the term's axes but the last.

        Raises:
            InputError: there is no such term.
        """
        if term not in self.terms:
            raise InputError(f"There is no term {term!r}; there are {', '.join(self.terms)}.")
        return np.asarray(self.terms[term].values @ self.direction, np.float32)

    def without(self, parts: Iterable[Part], means: Floats | None = None) -> "Contributions":
        """Return the sum with some heads or channels taken off.

        What later layers made of them stays: only what they add directly goes.

        Args:
            parts: (layer, head) each, counted from 0, or (channel,).
            means: (*parts, k), what stands in their place, as their mean over a data set; None
                takes zero.

        Raises:
            InputError: there is no such part.
        """
        term = self.terms[self.main]
        values = term.values.copy()
        shape = values.shape[:-1]
        for part in parts:
            fits = len(part) == len(shape) and all(
                0 <= i < n for i, n in zip(part, shape, strict=True)
            )
            if not fits:
                axes = " x ".join(f"{n} {axis}s" for axis, n in zip(term.axes, shape, strict=False))
                raise InputError(f"There is no part {part}; there are {axes}, counted from 0.")
            values[part] = 0 if means is None else means[part]
        changed = {**self.terms, self.main: Term(term.axes, values)}
        return replace(self, terms=changed)

    def strongest(self, k: int = 12) -> list[tuple[Part, float]]:
        """Return the parts that add or take most, with their share of the score."""
        scores = self.scores(self.main)
        order = np.argsort(-np.abs(scores), axis=None, kind="stable")[:k]
        rows = np.column_stack(np.unravel_index(order, scores.shape))
        return [(tuple(int(i) for i in row), float(scores[tuple(row)])) for row in rows]

    def to_dict(self) -> dict[str, Any]:
        """Return what each part adds to the score as plain lists, ready for JSON."""
        return {
            "target": self.target,
            "score": self.score,
            "terms": {
                name: {"axes": list(term.axes[:-1]), "scores": self.scores(name).tolist()}
                for name, term in self.terms.items()
            },
            "stamp": stamp_dict(self.stamp),
        }
