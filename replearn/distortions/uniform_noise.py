"""Uniform noise (Geirhos et al. 2018): every pixel moves by its own random amount."""

from PIL import Image

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, check_range, to_image, to_values


class UniformNoise(Distortion):
    """Adds noise from [-level, level] on a scale from 0 to 1, one draw per pixel and channel.

    The paper's experiment first turns to greyscale and reduces the contrast to 30 %; here the
    picture keeps both, so that level 0 is the picture itself.
    """

    name = "uniform-noise"
    unit = "half width of the noise, on a scale from 0 to 1"
    levels = (0.0, 0.03, 0.05, 0.1, 0.2, 0.35, 0.6, 0.9)
    identity_level = 0.0
    paper = "https://arxiv.org/abs/1808.08750"

    def check(self, level: float) -> None:
        """Accept half widths from 0 to 1."""
        check_range(self.name, level, 0, 1)

    def distorted(self, image: Image.Image, level: float, seed: int) -> Image.Image:
        """Add the noise; values outside 0 to 1 are cut."""
        values = to_values(image)
        draws = generator(seed, self.name).random(values.shape, dtype="float32")
        return to_image(values + level * (2 * draws - 1))
