"""Contrast (Geirhos et al. 2018): values drawn towards mid-grey."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values


class Contrast(Distortion):
    """Value v becomes level * v + (1 - level) / 2, on a scale from 0 to 1."""

    name = "contrast"
    unit = "share of the contrast that is left"
    levels = (1.0, 0.5, 0.3, 0.15, 0.1, 0.05, 0.03, 0.01)
    identity_level = 1.0
    highest = 1.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Reduce the contrast."""
        return level * values + (1 - level) / 2
