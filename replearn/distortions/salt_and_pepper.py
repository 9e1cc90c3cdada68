"""Salt-and-pepper noise (Geirhos et al. 2018): pixels turn white or black at random."""

from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Distortion, Values
from replearn.distortions.pixel_draws import pixel_draws


class SaltAndPepper(Distortion):
    """Each pixel is replaced with probability `level`: by white or by black, equally often."""

    name = "salt-and-pepper"
    unit = "probability that a pixel is replaced"
    levels = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
    highest = 1.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Strew the noise."""
        draws = pixel_draws(values, self.name, seeds)
        white, black = draws < level / 2, draws >= 1 - level / 2
        return np.where(white, np.float32(1), np.where(black, np.float32(0), values))
