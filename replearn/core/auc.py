"""How well one number tells two groups apart: the area under the ROC curve."""

import math

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Estimate


def auc(values: npt.NDArray[np.floating], wanted: npt.NDArray[np.bool_]) -> Estimate:
    """Return the chance that a wanted one has the higher value, with its 95 % interval.

    The interval is Hanley and McNeil's (1982); half a point is counted for a tie.

    Args:
        values: (n,).
        wanted: (n,), which belong to the group; with none or all of them the area is nan.
    """
    area = aucs(values[:, None], wanted)[0]
    first, second = int(wanted.sum()), int((~wanted).sum())
    if not first or not second:
        return Estimate(math.nan, math.nan, math.nan, len(values))
    one, two = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (first - 1) * (one - area**2) + (second - 1) * (two - area**2)
    half = 1.959963984540054 * math.sqrt(max(0.0, spread) / (first * second))
    return Estimate(area, max(0.0, area - half), min(1.0, area + half), len(values))


def aucs(values: npt.NDArray[np.floating], wanted: npt.NDArray[np.bool_]) -> list[float]:
    """Return the areas of many numbers at once, without intervals.

    Args:
        values: (n, units).
        wanted: (n,).
    """
    from scipy.stats import rankdata

    first, second = int(wanted.sum()), int((~wanted).sum())
    if not first or not second:
        return [math.nan] * values.shape[1]
    ranks = rankdata(values, axis=0)[wanted].sum(0)  # (units,)
    found = (ranks - first * (first + 1) / 2) / (first * second)
    return [float(area) for area in found]
