"""JPEG: what strong compression leaves (Hendrycks and Dietterich 2019)."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from replearn.distortions.base import Distortion, Values, to_image


class Jpeg(Distortion):
    """Saves as JPEG of quality 100 - level, colours at full resolution, and opens it again."""

    name = "jpeg"
    unit = "strength: JPEG quality is 100 less this; 0 leaves JPEG out"
    levels = (0.0, 50.0, 75.0, 85.0, 90.0, 94.0, 97.0, 99.0)
    highest = 99.0
    paper = "https://arxiv.org/abs/1903.12261"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Compress and open."""
        found = np.empty_like(values)
        for opened, one in zip(found, values, strict=True):
            file = io.BytesIO()
            to_image(one).save(file, "JPEG", quality=100 - round(level), subsampling=0)
            np.divide(np.asarray(Image.open(file)), np.float32(255), out=opened)
        return found
