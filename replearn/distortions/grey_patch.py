"""Occlusion by a grey patch (Zeiler and Fergus 2014)."""

import math
from collections.abc import Sequence

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values
from replearn.distortions.warp import MID_GREY


class GreyPatch(Distortion):
    """A mid-grey rectangle of the picture's own proportions; the seed draws its place."""

    name = "grey-patch"
    unit = "share of the area that is covered"
    levels = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
    highest = 1.0
    paper = "https://arxiv.org/abs/1311.2901"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Cover."""
        tall, wide = (max(1, round(math.sqrt(level) * side)) for side in values.shape[1:3])
        found = values.copy()
        for covered, seed in zip(found, seeds, strict=True):
            random = generator(seed, self.name)
            top = random.integers(values.shape[1] - tall + 1)
            left = random.integers(values.shape[2] - wide + 1)
            covered[top : top + tall, left : left + wide] = MID_GREY
        return found
