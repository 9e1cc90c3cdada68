"""Translation with wrap: what leaves the picture at the right comes in at the left."""

from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values


class TranslationWrap(Distortion):
    """Moves by whole pixels; every pixel stays in the picture, and a seam appears."""

    name = "translation-wrap"
    unit = "share of the width, to the right"
    levels = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
    lowest = -1.0
    highest = 1.0
    paper = "https://arxiv.org/abs/1805.12177"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Roll."""
        return np.roll(values, round(level * values.shape[2]), 2)
