"""Rotation in the picture's plane, by any angle (Geirhos et al. 2018 use multiples of 90)."""

import math
from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values
from replearn.distortions.warp import warped


class Rotation(Distortion):
    """Turns the picture anticlockwise about its centre; the corners that open are mid-grey."""

    name = "rotation"
    unit = "degrees"
    levels = (0.0, 15.0, 30.0, 45.0, 90.0, 135.0, 180.0)
    lowest = -360.0
    highest = 360.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Rotate; half turns and square quarter turns move pixels without resampling."""
        height, width = values.shape[1:3]
        turns = level / 90
        if turns == round(turns) and (round(turns) % 2 == 0 or height == width):
            return np.rot90(values, round(turns), (1, 2)).copy()
        angle = math.radians(level)
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = (width - 1) / 2, (height - 1) / 2
        # from a place in the result to its place in the picture; y points down
        back = np.array(
            [[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1]]
        )
        return warped(values, back)
