"""Coloured light: white becomes the colour of the light (Afifi and Brown 2019)."""

import colorsys
from collections.abc import Sequence

import numpy as np

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values


class ColouredLight(Distortion):
    """The three colours are multiplied by those of a light, whose hue the seed draws."""

    name = "coloured-light"
    unit = "saturation of the light's colour"
    levels = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)
    highest = 1.0
    paper = "https://arxiv.org/abs/1912.06960"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Filter the light."""
        hues = [generator(seed, self.name).random() for seed in seeds]
        lights = np.array([colorsys.hsv_to_rgb(hue, level, 1) for hue in hues], np.float32)
        return values * lights[:, None, None]
