"""Contrast (Geirhos et al. 2018): values drawn towards mid-grey."""

from PIL import Image

from replearn.distortions.base import Distortion, check_range, to_image, to_values


class Contrast(Distortion):
    """Value v becomes level * v + (1 - level) / 2, on a scale from 0 to 1."""

    name = "contrast"
    unit = "share of the contrast that is left"
    levels = (1.0, 0.5, 0.3, 0.15, 0.1, 0.05, 0.03, 0.01)
    identity_level = 1.0
    paper = "https://arxiv.org/abs/1808.08750"

    def check(self, level: float) -> None:
        """Accept shares from 0 (all grey) to 1."""
        check_range(self.name, level, 0, 1)

    def distorted(self, image: Image.Image, level: float, seed: int) -> Image.Image:  # noqa: ARG002
        """Reduce the contrast."""
        return to_image(level * to_values(image) + (1 - level) / 2)
