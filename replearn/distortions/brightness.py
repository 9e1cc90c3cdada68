"""Brightness: less light, or more."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values


class Brightness(Distortion):
    """Every value is multiplied by the level; above 1 what exceeds white is cut."""

    name = "brightness"
    unit = "times the light"
    levels = (1.0, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02)
    identity_level = 1.0
    highest = 20.0
    paper = "https://arxiv.org/abs/1903.12261"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Dim or brighten."""
        return values * level
