"""Patch shuffle (Brendel and Bethge 2019): the parts stay, their layout goes."""

from collections.abc import Sequence

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values


class PatchShuffle(Distortion):
    """Cuts the picture into equal tiles and lays them anew in an order that the seed draws.

    Where the side isn't a multiple of the tiles, a rim at the right and below stays in place.
    """

    name = "patch-shuffle"
    unit = "tiles a side"
    levels = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
    identity_level = 1.0
    lowest = 1.0
    highest = 64.0
    paper = "https://arxiv.org/abs/1904.00760"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Shuffle the tiles."""
        rows, columns = (min(round(level), side) for side in values.shape[1:3])
        tall, wide = values.shape[1] // rows, values.shape[2] // columns
        found = values.copy()
        for shuffled, one, seed in zip(found, values, seeds, strict=True):
            order = generator(seed, self.name).permutation(rows * columns)
            inner = one[: rows * tall, : columns * wide]
            tiles = inner.reshape(rows, tall, columns, wide, 3).swapaxes(1, 2)
            laid = tiles.reshape(-1, tall, wide, 3)[order].reshape(tiles.shape)
            shuffled[: rows * tall, : columns * wide] = laid.swapaxes(1, 2).reshape(inner.shape)
        return found
