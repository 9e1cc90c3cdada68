"""A picture changed until a network says what was asked for."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.dreams.said import Undone
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class Fooled:
    """A picture changed until a network says what was asked for.

    Attributes:
        image: as a file keeps it: opened again, the network sees the same values.
        original: the same before the change.
        changes: the difference, magnified about mid-grey.
        magnified: how many times.
        target: the class that was asked for.
        before, probability: of that class, before and after.
        first: the network's answer before.
        grey_levels: the largest change of any value, of 255; and `mean_levels`, the mean change.
        mean_levels: of all values.
        done: steps that it took.
        reached: whether the probability that was asked for was reached.
        undone: the same picture after treatments, and other networks.
        stamp: where it comes from.
    """

    image: Image.Image
    original: Image.Image
    changes: Image.Image
    magnified: float
    target: str
    before: float
    probability: float
    first: str
    grey_levels: float
    mean_levels: float
    done: int
    reached: bool
    undone: tuple[Undone, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "target": self.target,
            "before": self.before,
            "probability": self.probability,
            "first": self.first,
            "grey_levels": self.grey_levels,
            "mean_levels": self.mean_levels,
            "steps": self.done,
            "reached": self.reached,
            "undone": [vars(row) for row in self.undone],
            "stamp": stamp_dict(self.stamp),
        }
