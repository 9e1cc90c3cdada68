"""Words for a model's parts, and what heads carry by numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate
from replearn.results.parts import Part
from replearn.results.stamp import Floats, Stamp, stamp_dict


@dataclass(frozen=True)
class Words:
    """Texts that span what one head gives.

    Attributes:
        texts: in the order in which they were taken.
        explained: what share of the head's variance each adds.
        shuffled: the share that as many shuffled texts explain together, the mean of some orders.
    """

    texts: tuple[str, ...]
    explained: tuple[float, ...]
    shuffled: float

    @property
    def total(self) -> float:
        """The share of the variance that the texts explain together."""
        return float(sum(self.explained))


@dataclass(frozen=True, eq=False)
class HeadTexts:
    """Texts for each head of a model.

    Attributes:
        centred: by (layer, head): with the mean picture and the mean text taken away.
        raw: the same with nothing taken away.
        weight: (layers, heads), each head's share of the variance of all heads' outputs.
        stamp: where it comes from.
    """

    centred: Mapping[Part, Words]
    raw: Mapping[Part, Words]
    weight: Floats
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON; layers and heads are counted from 0."""
        return {
            "heads": [
                {
                    "layer": part[0],
                    "head": part[1],
                    "weight": float(self.weight[part]),
                    **{
                        name: {
                            "texts": list(words[part].texts),
                            "explained": list(words[part].explained),
                            "shuffled": words[part].shuffled,
                        }
                        for name, words in (("centred", self.centred), ("raw", self.raw))
                    },
                }
                for part in self.centred
            ],
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True, eq=False)
class Concepts:
    """A picture's vector as a few words.

    Attributes:
        words: those of the sum, the heaviest first.
        weights: theirs, positive.
        cosine: of the rebuilt vector and the picture's own.
        centred_cosine: the same with the mean picture taken away from both.
        nearest: the words of highest cosine, with it.
        nearest_centred: the words whose cosine most exceeds the mean picture's, with the excess.
        stamp: where it comes from.
    """

    words: tuple[str, ...]
    weights: tuple[float, ...]
    cosine: float
    centred_cosine: float
    nearest: tuple[tuple[str, float], ...]
    nearest_centred: tuple[tuple[str, float], ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "words": list(self.words),
            "weights": list(self.weights),
            "cosine": self.cosine,
            "centred_cosine": self.centred_cosine,
            "nearest": [list(one) for one in self.nearest],
            "nearest_centred": [list(one) for one in self.nearest_centred],
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True, eq=False)
class HeadFactors:
    """How well each factor of `shapes` can be read from each head alone.

    Attributes:
        factors: their names.
        read: (layers, heads, factors), accuracy on test pictures.
        shuffled: the same where the labels that were learnt were shuffled.
        chance: (factors,), of always saying the most frequent value.
        half_width: of a 95 % interval at its widest, for all cells.
        stamp: where it comes from.
    """

    factors: tuple[str, ...]
    read: Floats
    shuffled: Floats
    chance: tuple[float, ...]
    half_width: float
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "factors": list(self.factors),
            "read": self.read.round(4).tolist(),
            "shuffled": self.shuffled.round(4).tolist(),
            "chance": list(self.chance),
            "half_width": self.half_width,
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True)
class Ablated:
    """What taking a group of heads off changes.

    Attributes:
        group: "carriers", the heads from which the factor is read best beside the others, or
            "others", as many from which it is read worst.
        heads: of the group.
        asked: what the prompts ask for: "colour" or "solid".
        before: share of right answers with all heads.
        change: of that share without them, paired picture by picture.
    """

    group: str
    heads: tuple[Part, ...]
    asked: str
    before: float
    change: Estimate


@dataclass(frozen=True)
class GroupAblation:
    """Answers about several factors without two groups of heads.

    Attributes:
        factor: what the carriers were chosen by.
        rows: a row for each group and question.
        stamp: where it comes from.
    """

    factor: str
    rows: tuple[Ablated, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON; heads are counted from 0."""
        return {
            "factor": self.factor,
            "rows": [
                {
                    "group": row.group,
                    "heads": [list(head) for head in row.heads],
                    "asked": row.asked,
                    "before": row.before,
                    "change": row.change.value,
                    "low": row.change.low,
                    "high": row.change.high,
                    "n": row.change.n,
                }
                for row in self.rows
            ],
            "stamp": stamp_dict(self.stamp),
        }
