"""Scale: the same object, smaller or larger."""

from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values
from replearn.distortions.canvas import shrunk
from replearn.distortions.warp import warped


class Scale(Distortion):
    """Scales about the centre: below 1 grey surrounds the picture, above 1 its rim is cut off."""

    name = "scale"
    unit = "times the size"
    levels = (1.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.15, 0.1)
    identity_level = 1.0
    lowest = 0.05
    highest = 8.0
    paper = "https://arxiv.org/abs/1805.12177"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Average when shrinking, interpolate when enlarging."""
        if level < 1:
            return shrunk(values, level, (0.5, 0.5))
        x, y = (values.shape[2] - 1) / 2, (values.shape[1] - 1) / 2
        step = 1 / level
        return warped(
            values, np.array([[step, 0, x - step * x], [0, step, y - step * y], [0, 0, 1]])
        )
