"""A picture that rose towards a target."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.dreams.said import Judgement
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class Dream:
    """A picture that rose towards a target.

    Attributes:
        image: as the network saw it last, without the moves; the first of several.
        images: all of them, where several were made at once.
        steps: some of the pictures on the way, the first one noise.
        target: what rose, in words.
        score: the target's for `image`.
        done: how many steps were made, and `total`, how many were asked for.
        best_real: the highest score of a unit for a real picture; None where it isn't a unit.
        judges: what networks say of it, the one that made it first; empty where no class was asked.
        stamp: where it comes from.
        standing: what `go_on` goes on from, where it isn't finished; else None.
    """

    image: Image.Image
    images: tuple[Image.Image, ...]
    steps: tuple[Image.Image, ...]
    target: str
    score: float
    done: int
    total: int
    best_real: float | None
    judges: tuple[Judgement, ...]
    stamp: Stamp
    standing: object | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "target": self.target,
            "score": self.score,
            "steps": self.done,
            "best_real": self.best_real,
            "judges": [vars(judge) for judge in self.judges],
            "stamp": stamp_dict(self.stamp),
        }
