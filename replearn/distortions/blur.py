"""Blur as a lens out of focus gives it: each point becomes a disk (Hendrycks and Dietterich)."""

import math
from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values


class Blur(Distortion):
    """The mean over a disk; a pixel on its rim counts as far as it lies inside.

    Unlike low-pass it has a hard rim, so that some fine structure comes back inverted. Beyond the
    edge the picture is mirrored.
    """

    name = "blur"
    unit = "radius of the disk in pixels"
    levels = (0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 16.0)
    highest = 64.0
    paper = "https://arxiv.org/abs/1903.12261"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Average over the disk."""
        import cv2

        line = np.arange(-math.ceil(level), math.ceil(level) + 1, dtype=np.float32)
        disk = np.clip(level + 0.5 - np.hypot(line, line[:, None]), 0, 1)
        disk /= disk.sum()
        found = np.empty_like(values)
        for blurred, one in zip(found, values, strict=True):
            cv2.filter2D(one, -1, disk, dst=blurred, borderType=cv2.BORDER_REFLECT_101)
        return found
