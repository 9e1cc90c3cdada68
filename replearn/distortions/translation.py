"""Translation: the picture moves to the right, grey follows it in."""

from collections.abc import Sequence

from replearn.distortions.base import Distortion, Values
from replearn.distortions.canvas import shifted


class Translation(Distortion):
    """Moves by whole pixels, so that nothing is resampled; what leaves the frame is lost."""

    name = "translation"
    unit = "share of the width, to the right"
    levels = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
    lowest = -1.0
    highest = 1.0
    paper = "https://arxiv.org/abs/1805.12177"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:  # noqa: ARG002
        """Shift."""
        return shifted(values, round(level * values.shape[2]))
