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
    return [float(area) for area in aucs_of_each(values, wanted[None])[0]]


def aucs_of_each(
    values: npt.NDArray[np.floating], wanted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Return the areas of many numbers under many questions, (k, units), ranked once for all.

    Args:
        values: (n, units).
        wanted: (k, n); a question that all or none answer has nan.
    """
    first = wanted.sum(1, dtype=np.float64)[:, None]  # (k, 1)
    pairs = first * (wanted.shape[1] - first)
    sums = wanted.astype(np.float64) @ _ranks(values)  # (k, units)
    areas = (sums - first * (first + 1) / 2) / np.maximum(pairs, 1)
    return np.asarray(np.where(pairs > 0, areas, np.nan))


def _ranks(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Return ranks within each column, from 1, equal ones sharing their mean."""
    ranks = np.empty(values.shape)
    for unit, column in enumerate(values.T):  # scipy.stats would take a second to import
        ordered = np.sort(column)
        below = np.searchsorted(ordered, column, "left")
        ranks[:, unit] = (below + np.searchsorted(ordered, column, "right") + 1) / 2
    return ranks
