"""A row of pictures that leads from one target to another."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class DreamRow:
    """Pictures on the way from one target to another, all from the same noise.

    Attributes:
        images: in order.
        first, second: the targets, in words.
        shares: of the second target in what each picture was made for, from 0 to 1.
        scores: for each picture, what both targets give for it as it is.
        done, total: steps.
        stamp: where it comes from.
    """

    images: tuple[Image.Image, ...]
    first: str
    second: str
    shares: tuple[float, ...]
    scores: tuple[tuple[float, float], ...]
    done: int
    total: int
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "first": self.first,
            "second": self.second,
            "shares": list(self.shares),
            "scores": [list(pair) for pair in self.scores],
            "steps": self.done,
            "stamp": stamp_dict(self.stamp),
        }
