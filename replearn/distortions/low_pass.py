"""Low-pass (Geirhos et al. 2018): a Gaussian blur that leaves only coarse structure."""

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from replearn.distortions.base import Distortion, check_range, to_image, to_values

REFERENCE_SIDE = 224  # pixels; the paper's pictures, to which its standard deviations belong


class LowPass(Distortion):
    """Standard deviations are for a picture whose shorter side is 224 pixels; others are scaled.

    So a level means the same for every model and picture size.
    """

    name = "low-pass"
    unit = "standard deviation in pixels at 224"
    levels = (0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 15.0, 40.0)
    identity_level = 0.0
    paper = "https://arxiv.org/abs/1808.08750"

    def check(self, level: float) -> None:
        """Accept standard deviations from 0 to 40 pixels."""
        check_range(self.name, level, 0, 40)

    def distorted(self, image: Image.Image, level: float, seed: int) -> Image.Image:  # noqa: ARG002
        """Blur; the edge pixels are repeated outwards."""
        sigma = level * min(image.size) / REFERENCE_SIDE
        values = gaussian_filter(to_values(image), (sigma, sigma, 0), mode="nearest")
        return to_image(values.astype(np.float32))
