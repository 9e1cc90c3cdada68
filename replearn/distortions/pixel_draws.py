"""Random numbers for pixels: the same for a picture alone and in any batch."""

from collections.abc import Sequence

import numpy as np

from replearn.core.seeds import generator
from replearn.distortions.base import Values


def pixel_draws(values: Values, name: str, seeds: Sequence[int]) -> Values:
    """Return draws from [0, 1), (n, h, w, 1): one a pixel, for all its colours.

    Args:
        values: the pictures, (n, h, w, 3).
        name: of the distortion; another gives other draws.
        seeds: n, one for each picture.
    """
    size = (*values.shape[1:3], 1)
    return np.stack([generator(seed, name).random(size, np.float32) for seed in seeds])
