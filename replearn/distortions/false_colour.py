"""False colour (Geirhos et al. 2018): every hue turns to its opponent, lightness stays."""

import math
from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values
from replearn.distortions.greyscale import LUMA, lightness

# blue and red against lightness, in the proportion of YCbCr (ITU-R BT.709)
TO_RED, TO_BLUE = 2 * (1 - LUMA[0]), 2 * (1 - LUMA[2])


class FalseColour(Distortion):
    """Turns the hue in the plane of equal lightness; 180 degrees give the paper's false colour.

    There both opponent axes are inverted, whatever their scale: value v becomes 2 y - v, y being
    the lightness. What leaves 0 to 1 is cut.
    """

    name = "false-colour"
    unit = "degrees by which the hue is turned"
    levels = (0.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0)
    lowest = -180.0
    highest = 180.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Turn the hue."""
        cos, sin = math.cos(math.radians(level)), math.sin(math.radians(level))
        light = lightness(values)
        red = (values[..., :1] - light) / TO_RED
        blue = (values[..., 2:] - light) / TO_BLUE
        red, blue = cos * red + sin * blue, cos * blue - sin * red
        red, blue = TO_RED * red, TO_BLUE * blue
        green = -(LUMA[0] * red + LUMA[2] * blue) / LUMA[1]  # so that the lightness stays
        return np.asarray(light + np.concatenate([red, green, blue], -1), np.float32)
