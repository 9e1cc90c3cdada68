"""Does a map point at a region that is known to matter? (Zhang et al. 2018; Wang et al. 2020)"""

import math

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.results.heat_map import resized
from replearn.results.trust import Box, Pointing

Floats = npt.NDArray[np.float32]
SIDE = 224  # at which a box is cut out


def point_at(values: Floats, box: Box) -> Pointing:
    """Judge a map by a box.

    Args:
        values: (h, w) raw, at any resolution.
        box: on the picture that the network saw.

    Raises:
        InputError: the box is narrower than a pixel.
    """
    places = (np.arange(SIDE) + 0.5) / SIDE
    rows = (places >= box.top) & (places < box.bottom)
    columns = (places >= box.left) & (places < box.right)
    region = np.outer(rows, columns).astype(np.float32)
    if not region.any():
        raise InputError("The box is too small to hold anything; draw a larger one.")
    return point_at_region(values, region)


def point_at_region(values: Floats, region: Floats) -> Pointing:
    """Judge a map by a region (h', w') of values from 0 (outside) to 1 (inside)."""
    full = resized(values, *region.shape)
    positive = np.maximum(full, 0)
    total = float(positive.sum())
    energy = float((positive * region).sum()) / total if total > 0 else math.nan
    peak = int(full.argmax())
    return Pointing(bool(region.flat[peak] > 0.5), energy, float(region.mean()))
