"""What every distortion can do."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import InputError

DEFINITIONS = "1"  # raised when a level gives another picture: rows of before are then not used
CHUNK = 1 << 20  # bytes of pictures worked on at a time: what comes between stays in the cache
Values = npt.NDArray[np.float32]  # (n, h, w, 3), from 0 to 1


class Distortion(ABC):
    """A change of a picture by a level; works on the picture before a model's preprocessing.

    Attributes:
        name: its entry in `DISTORTIONS`.
        unit: what a level counts.
        levels: from the identity to the strongest; what a curve is drawn over.
        identity_level: at which the picture comes back byte for byte.
        lowest, highest: the levels that are accepted.
        paper: where it is defined.
    """

    name: ClassVar[str]
    unit: ClassVar[str]
    levels: ClassVar[tuple[float, ...]]
    identity_level: ClassVar[float] = 0.0
    lowest: ClassVar[float] = 0.0
    highest: ClassVar[float]
    paper: ClassVar[str]

    def apply(self, image: Image.Image, level: float, seed: int) -> Image.Image:
        """Return the distorted picture, RGB, same size; at the identity level byte for byte.

        Args:
            image: RGB; left unchanged.
            level: in the distortion's own unit.
            seed: of whatever is random.

        Raises:
            InputError: the level isn't a number in the distortion's range.
        """
        self.check(level)
        if level == self.identity_level:
            return image.copy()
        return to_image(self.apply_values(to_values([image]), level, [seed])[0])

    def apply_values(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Return a batch of distorted pictures, (n, h, w, 3), from 0 to 1.

        A picture comes out the same alone and in any batch.

        Args:
            values: (n, h, w, 3), from 0 to 1; left unchanged.
            level: in the distortion's own unit.
            seeds: n, one for each picture.

        Raises:
            InputError: the level isn't a number in the distortion's range.
        """
        self.check(level)
        if level == self.identity_level:
            return values.copy()
        found = np.empty(values.shape, np.float32)
        step = max(1, CHUNK // max(1, values[:1].nbytes))
        for start in range(0, len(values), step):
            part = slice(start, start + step)
            np.clip(self.distorted(values[part], level, seeds[part]), 0, 1, out=found[part])
        return found

    def check(self, level: float) -> None:
        """Raise InputError unless the level is a number in the range."""
        if not math.isfinite(level) or not self.lowest <= level <= self.highest:
            raise InputError(
                f"The level of {self.name} is {level:g}; it goes from {self.lowest:g} to "
                f"{self.highest:g} ({self.unit})."
            )

    def level_at(self, position: float) -> float:
        """Return the level at a place between the listed ones, for a slider.

        Args:
            position: 0 is the first of `levels`, 1 the second; cut to the ends.
        """
        return float(np.interp(position, range(len(self.levels)), self.levels))

    def position_of(self, level: float) -> float:
        """Return the place of a level, the inverse of `level_at`; the nearer end for one beyond."""
        places = np.arange(len(self.levels))
        order = np.argsort(self.levels)
        return float(np.interp(level, np.array(self.levels)[order], places[order]))

    @abstractmethod
    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Return a new array; values may leave 0 to 1. The level isn't the identity's."""


def to_values(images: Sequence[Image.Image]) -> Values:
    """Return pictures of one size as (n, h, w, 3) float32 from 0 to 1."""
    stacked = np.stack([np.asarray(image, np.float32) for image in images])
    return np.divide(stacked, np.float32(255), out=stacked)


def to_image(values: npt.NDArray[np.float32]) -> Image.Image:
    """Return (h, w, 3) values from 0 to 1 as a picture, rounded."""
    return Image.fromarray((values * 255 + 0.5).astype(np.uint8))
