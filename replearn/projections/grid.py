"""Snap a map to a grid, one picture a cell (https://cs.stanford.edu/people/karpathy/cnnembed).

The cells are given out by linear assignment: the sum of squared shifts is the least possible.
"""

import math

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError

Array = npt.NDArray[np.float32]
MOST = 3000  # the assignment takes time with the cube of the number of pictures


def snapped(points: Array) -> Array:
    """Return the cell of each point, (n, 2) whole numbers: column and row, from 0.

    Args:
        points: (n, 2).

    Raises:
        InputError: there are more points than can be assigned in seconds, or they aren't flat.
    """
    from scipy.optimize import linear_sum_assignment

    if points.shape[1] != 2:
        raise InputError("A picture grid is flat; choose 2 dimensions.")
    n = len(points)
    if n > MOST:
        raise InputError(f"A picture grid holds {MOST:,} pictures at most; here are {n:,}.")
    columns = math.ceil(math.sqrt(n))
    rows = math.ceil(n / columns)
    cells = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    low, high = points.min(0), points.max(0)
    spread = (points - low) / np.maximum(high - low, 1e-12)  # to the unit square
    places = cells / np.maximum([columns - 1, rows - 1], 1)
    cost = ((spread[:, None] - places[None]) ** 2).sum(-1)  # (n, cells)
    _, chosen = linear_sum_assignment(cost)
    found: Array = cells[chosen].astype(np.float32)
    return found
