"""Perspective: the picture turns out of its plane, as a poster on a door does."""

import math
from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values
from replearn.distortions.warp import warped

DISTANCE = 2.0  # widths from the eye to the picture; unturned, it fills the frame


class Perspective(Distortion):
    """Turns a flat picture about its vertical axis; its right side goes away from the eye."""

    name = "perspective"
    unit = "degrees about the vertical axis"
    levels = (0.0, 15.0, 30.0, 45.0, 60.0, 70.0, 75.0, 80.0)
    lowest = -85.0
    highest = 85.0
    paper = "https://arxiv.org/abs/1811.11553"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Project the turned plane back onto the frame."""
        height, width = values.shape[1:3]
        angle, far = math.radians(level), DISTANCE * width
        turned = np.array(  # from a place on the picture to the frame, about the centre
            [[far * math.cos(angle), 0, 0], [0, far, 0], [math.sin(angle), 0, far]]
        )
        centre = np.array([[1, 0, (width - 1) / 2], [0, 1, (height - 1) / 2], [0, 0, 1]])
        back = centre @ np.linalg.inv(turned) @ np.linalg.inv(centre)
        return warped(values, back, across=round(1 / math.cos(angle)))
