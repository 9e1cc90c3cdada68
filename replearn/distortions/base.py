"""What every distortion can do."""

import math
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import InputError

Values = npt.NDArray[np.float32]  # (h, w, 3), from 0 to 1


class Distortion(ABC):
    """A change of a picture by a level; works on the picture before a model's preprocessing."""

    name: ClassVar[str]
    unit: ClassVar[str]
    levels: ClassVar[tuple[float, ...]]  # from the identity to the strongest
    identity_level: ClassVar[float]
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
        if not math.isfinite(level):
            raise InputError(f"The level of {self.name} must be a number, not {level}.")
        self.check(level)
        if level == self.identity_level:
            return image.copy()
        return self.distorted(image, level, seed)

    @abstractmethod
    def check(self, level: float) -> None:
        """Raise InputError for a level outside the range."""

    @abstractmethod
    def distorted(self, image: Image.Image, level: float, seed: int) -> Image.Image:
        """Return the distorted picture at a level that isn't the identity."""


def to_values(image: Image.Image) -> Values:
    """Return a picture as (h, w, 3) float32 from 0 to 1."""
    return np.asarray(np.asarray(image, np.float32) / np.float32(255), np.float32)


def to_image(values: Values) -> Image.Image:
    """Return (h, w, 3) values as a picture, cut to 0 to 1 and rounded."""
    return Image.fromarray((values.clip(0, 1) * 255).round().astype(np.uint8))


def check_range(name: str, level: float, low: float, high: float) -> None:
    """Raise InputError unless low <= level <= high."""
    if not low <= level <= high:
        raise InputError(f"The level of {name} is {level:g}; it goes from {low:g} to {high:g}.")
