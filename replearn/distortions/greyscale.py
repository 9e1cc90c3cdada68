"""Greyscale (Geirhos et al. 2018): colour goes, lightness stays."""

from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values

LUMA = np.array([0.2125, 0.7154, 0.0721], np.float32)  # ITU-R BT.709, as the paper's code has it


class Greyscale(Distortion):
    """Every pixel goes a share of the way to its own lightness; 1 is grey."""

    name = "greyscale"
    unit = "share of the colour that is gone"
    levels = (0.0, 0.25, 0.5, 0.75, 1.0)
    highest = 1.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Take the colour out."""
        return (1 - level) * values + level * lightness(values)


def lightness(values: Values) -> Values:
    """Return (n, h, w, 1)."""
    return np.asarray((values @ LUMA)[..., None], np.float32)
