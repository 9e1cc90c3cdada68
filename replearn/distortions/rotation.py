"""Rotation in the picture's plane, by any angle (Geirhos et al. 2018 use multiples of 90)."""

import math

from PIL import Image

from replearn.distortions.base import Distortion, check_range

MID_GREY = (128, 128, 128)


class Rotation(Distortion):
    """Turns the picture anticlockwise about its centre; the corners that open are mid-grey."""

    name = "rotation"
    unit = "degrees"
    levels = (0.0, 15.0, 30.0, 45.0, 90.0, 135.0, 180.0)
    identity_level = 0.0
    paper = "https://arxiv.org/abs/1808.08750"

    def check(self, level: float) -> None:
        """Accept angles from -360 to 360 degrees."""
        check_range(self.name, level, -360, 360)

    def distorted(self, image: Image.Image, level: float, seed: int) -> Image.Image:  # noqa: ARG002
        """Rotate, bicubic; half turns and square quarter turns move pixels without resampling."""
        turns = level / 90
        if math.isclose(turns, round(turns)) and (
            round(turns) % 2 == 0 or image.width == image.height
        ):
            return image.rotate(90 * round(turns))
        return image.rotate(level, Image.Resampling.BICUBIC, fillcolor=MID_GREY)
