"""Translation on a larger canvas: nothing is lost, but the picture becomes smaller as well."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values
from replearn.distortions.canvas import shrunk


class TranslationCanvas(Distortion):
    """The canvas grows in both directions by a share of its sides and is scaled back.

    The picture lies at its right, in the middle of the height; at 1 it has half its size.
    """

    name = "translation-canvas"
    unit = "share of the width by which the canvas grows"
    levels = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
    highest = 4.0
    paper = "https://arxiv.org/abs/1805.12177"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Shrink to the right."""
        return shrunk(values, 1 / (1 + level), (1.0, 0.5))
