"""Pixelate: square blocks of one colour (Hendrycks and Dietterich 2019)."""

from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values


class Pixelate(Distortion):
    """Every block becomes its own mean; blocks at the right and lower edge may be smaller."""

    name = "pixelate"
    unit = "side of a block in pixels"
    levels = (1.0, 2.0, 4.0, 8.0, 12.0, 16.0, 24.0, 32.0)
    identity_level = 1.0
    lowest = 1.0
    highest = 256.0
    paper = "https://arxiv.org/abs/1903.12261"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Average by block."""
        side = round(level)
        found = values
        for axis in (1, 2):
            length = values.shape[axis]
            starts = np.arange(0, length, side)
            sizes = np.diff(starts, append=length)
            shape = np.ones(4, int)
            shape[axis] = -1
            means = np.add.reduceat(found, starts, axis) / sizes.reshape(shape).astype(np.float32)
            found = np.repeat(means, sizes, axis)
        return found
