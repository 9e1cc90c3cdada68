"""Directional shadow: the light comes from one side and fades across the picture."""

import math
from collections.abc import Sequence

import numpy as np

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values


class DirectionalShadow(Distortion):
    """Light falls evenly from 1 to 1 - level across the picture; the seed draws its direction."""

    name = "directional-shadow"
    unit = "share of the light that is gone on the far side"
    levels = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
    highest = 1.0
    paper = "https://arxiv.org/abs/2203.03818"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Darken along the direction."""
        height, width = values.shape[1:3]
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
        x = np.linspace(-1, 1, width, dtype=np.float32)
        found = np.empty_like(values)
        for dark, one, seed in zip(found, values, seeds, strict=True):
            angle = 2 * math.pi * generator(seed, self.name).random()
            cos, sin = math.cos(angle), math.sin(angle)
            away = (cos * x + sin * y) / (abs(cos) + abs(sin))  # from -1 to 1, corner to corner
            np.multiply(one, (1 - level * (away + 1) / 2)[..., None], out=dark)
        return found
