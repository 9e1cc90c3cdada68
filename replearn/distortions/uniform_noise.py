"""Uniform noise (Geirhos et al. 2018): every pixel is lightened or darkened at random."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values
from replearn.distortions.pixel_draws import pixel_draws


class UniformNoise(Distortion):
    """Adds noise from [-level, level] on a scale from 0 to 1, one draw per pixel for its colours.

    The paper's experiment first turns to greyscale and reduces the contrast to 30 %; here the
    picture keeps both, so that level 0 is the picture itself.
    """

    name = "uniform-noise"
    unit = "half width of the noise, on a scale from 0 to 1"
    levels = (0.0, 0.03, 0.05, 0.1, 0.2, 0.35, 0.6, 0.9)
    highest = 1.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Add the noise."""
        draws = pixel_draws(values, self.name, seeds)
        return values + level * (2 * draws - 1)
