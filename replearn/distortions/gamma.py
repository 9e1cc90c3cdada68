"""Gamma: the middle tones become darker or lighter, black and white stay."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values


class Gamma(Distortion):
    """Every value, on a scale from 0 to 1, is raised to the power of the level."""

    name = "gamma"
    unit = "exponent; above 1 is darker"
    levels = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
    identity_level = 1.0
    lowest = 0.05
    highest = 20.0
    paper = "https://poynton.ca/GammaFAQ.html"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Raise to a power."""
        return values**level
