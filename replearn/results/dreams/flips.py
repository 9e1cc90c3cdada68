"""How little flips an answer, and patterns that evolved until a network was sure of them."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.dreams.said import Undone
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True)
class Tried:
    """One bound that was tried.

    Attributes:
        epsilon: the largest change of any value that was allowed, in grey levels of 255.
        flipped: whether the answer flipped.
        steps: of gradient ascent that were made.
    """

    epsilon: float
    flipped: bool
    steps: int


@dataclass(frozen=True, eq=False)
class SmallestChange:
    """The smallest change that was found to flip an answer.

    Attributes:
        image: the picture after it, rounded to 8 bits.
        original: the same before.
        changes: the difference, magnified about mid-grey.
        magnified: how many times.
        before, after: the network's answer; the same where nothing flipped it.
        epsilon: the smallest bound within which it flipped, in grey levels of 255; None where no
            bound was wide enough. An upper bound: another search may find a smaller one.
        mean_levels: the mean change of all values, in grey levels.
        saved: the answer to `image`: a change below half a grey level is lost in a file of 8 bits.
        tried: every bound, in the order in which it was tried.
        stamp: where it comes from.
    """

    image: Image.Image
    original: Image.Image
    changes: Image.Image
    magnified: float
    before: str
    after: str
    epsilon: float | None
    mean_levels: float
    saved: str
    tried: tuple[Tried, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "before": self.before,
            "after": self.after,
            "epsilon": self.epsilon,
            "mean_levels": self.mean_levels,
            "saved": self.saved,
            "tried": [vars(one) for one in self.tried],
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True, eq=False)
class Evolved:
    """A pattern that evolved towards a class.

    Attributes:
        image: the best pattern.
        ancestor: the best one of the first generation.
        target: the class.
        probabilities: of the best pattern, after each generation.
        evaluations: patterns that the network was shown.
        reached: whether the probability that was asked for was reached.
        undone: the same picture after treatments, and other networks.
        stamp: where it comes from.
    """

    image: Image.Image
    ancestor: Image.Image
    target: str
    probabilities: tuple[float, ...]
    evaluations: int
    reached: bool
    undone: tuple[Undone, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "target": self.target,
            "probabilities": list(self.probabilities),
            "evaluations": self.evaluations,
            "reached": self.reached,
            "undone": [vars(row) for row in self.undone],
            "stamp": stamp_dict(self.stamp),
        }
