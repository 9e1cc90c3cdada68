"""Low-pass (Geirhos et al. 2018): a Gaussian blur that leaves only coarse structure."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values
from replearn.distortions.gaussian import gaussian_blur

MEAN_GREY = 0.4423  # of ImageNet's pictures, as the paper states it; lies beyond the edge


class LowPass(Distortion):
    """Blurs by a Gaussian window, each colour alone."""

    name = "low-pass"
    unit = "standard deviation in pixels"
    levels = (0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 15.0, 40.0)
    highest = 100.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Blur."""
        return gaussian_blur(values, level, MEAN_GREY)
