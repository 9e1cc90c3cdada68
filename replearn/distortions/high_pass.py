"""High-pass (Geirhos et al. 2018): what a Gaussian blur takes away; only fine structure stays."""

import math
from collections.abc import Sequence

import numpy as np

from replearn.core.errors import InputError
from replearn.distortions.base import Distortion, Values
from replearn.distortions.gaussian import gaussian_blur
from replearn.distortions.low_pass import MEAN_GREY

LEAST = 0.1  # pixels; a smaller blur takes nothing away


class HighPass(Distortion):
    """The picture less its blur, about one mean grey; the smaller the blur, the less is left.

    The paper writes the untouched picture as an infinite standard deviation; it is accepted too.
    """

    name = "high-pass"
    unit = "standard deviation in pixels; 0 leaves the filter out"
    levels = (0.0, 3.0, 1.5, 1.0, 0.7, 0.55, 0.45, 0.4)
    highest = 100.0
    paper = "https://arxiv.org/abs/1808.08750"

    def check(self, level: float) -> None:
        """Accept 0 and infinity (no filter), and standard deviations from `LEAST` pixels."""
        if level == math.inf:
            return
        super().check(level)
        if 0 < level < LEAST:
            raise InputError(
                f"The level of {self.name} is {level:g} pixels; the smallest blur is {LEAST:g}, "
                "and 0 leaves the filter out."
            )

    def level_at(self, position: float) -> float:
        """Return the level; the picture itself is an infinite blur, so its inverse is even."""
        inverse = float(np.interp(position, range(len(self.levels)), self._inverses()))
        return 0.0 if inverse == 0 else 1 / inverse

    def position_of(self, level: float) -> float:
        """Return the place of a level."""
        inverses = self._inverses()
        return float(np.interp(0 if level == 0 else 1 / level, inverses, range(len(inverses))))

    def _inverses(self) -> tuple[float, ...]:
        return tuple(0.0 if level == 0 else 1 / level for level in self.levels)

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Take the blur away and bring every picture's mean to the same grey."""
        if level == math.inf:
            return values.copy()
        fine = values - gaussian_blur(values, level, MEAN_GREY)
        return np.asarray(fine - fine.mean((1, 2), keepdims=True) + MEAN_GREY, np.float32)
