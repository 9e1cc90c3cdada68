"""A user's picture, dreamt on."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class DeepDreamed:
    """A user's picture, dreamt on.

    Attributes:
        image: the picture, at its own size or reduced.
        original: the same before.
        target: what rose, in words.
        before, after: the target's value.
        done, total: steps.
        stamp: where it comes from.
    """

    image: Image.Image
    original: Image.Image
    target: str
    before: float
    after: float
    done: int
    total: int
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "target": self.target,
            "before": self.before,
            "after": self.after,
            "steps": self.done,
            "stamp": stamp_dict(self.stamp),
        }
