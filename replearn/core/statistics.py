"""Intervals and calibration of counted answers, and of means."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Proportion:
    """A share with its 95 % Wilson interval (Wilson 1927)."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}] (n = {self.n:,})"


def proportion(successes: int, n: int) -> Proportion:
    """Return `successes` out of `n` as a `Proportion`; with n = 0 the interval is [0, 1]."""
    if n == 0:
        return Proportion(math.nan, 0.0, 1.0, 0)
    z = 1.959963984540054
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # rounding can leave the bound a hair on the wrong side of p when p is 0 or 1
    return Proportion(p, min(p, max(0.0, centre - half)), max(p, min(1.0, centre + half)), n)


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval by Student's t."""

    value: float
    low: float
    high: float
    n: int

    @property
    def interval(self) -> str:
        """The mean with its interval, to two figures; of a single value there is none."""
        if math.isnan(self.low):
            return two_figures(self.value)
        value, low, high = map(two_figures, (self.value, self.low, self.high))
        return f"{value} [{low}, {high}]"

    def __str__(self) -> str:
        return f"{self.interval} (n = {self.n:,})"


def two_figures(value: float) -> str:
    """Return a number to two significant figures, without an exponent below a million."""
    return f"{float(f'{value:.2g}'):g}"


def mean_of(values: npt.ArrayLike) -> Estimate:
    """Return the mean of independent values as an `Estimate`.

    Values that are nan are left out; of fewer than two the interval is nan.
    """
    from scipy.special import stdtrit

    given = np.asarray(values, np.float64)
    known = given[np.isfinite(given)]
    if len(known) < 2:
        return Estimate(float(known[0]) if len(known) else math.nan, math.nan, math.nan, len(known))
    mean = float(known.mean())
    half = float(stdtrit(len(known) - 1, 0.975) * known.std(ddof=1) / math.sqrt(len(known)))
    return Estimate(mean, mean - half, mean + half, len(known))


@dataclass(frozen=True)
class Reliability:
    """A reliability diagram (Guo et al. 2017): per bin of confidence, how often it was right."""

    confidence: npt.NDArray[np.float64]  # (bins,) mean confidence, nan where a bin is empty
    accuracy: npt.NDArray[np.float64]  # (bins,)
    count: npt.NDArray[np.int64]  # (bins,)
    ece: float  # expected calibration error, between 0 and 1


def reliability(
    confidence: npt.NDArray[np.floating], correct: npt.NDArray[np.bool_], bins: int = 10
) -> Reliability:
    """Bin predictions by confidence in `bins` equal widths and compare with their accuracy.

    Args:
        confidence: (n,) probability of the predicted label.
        correct: (n,) whether the prediction was right.
        bins: number of equal-width bins over [0, 1].
    """
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    count = np.bincount(index, minlength=bins)
    filled = np.maximum(count, 1)
    mean_confidence = np.bincount(index, weights=confidence, minlength=bins) / filled
    accuracy = np.bincount(index, weights=correct.astype(float), minlength=bins) / filled
    ece = float(np.sum(count * np.abs(accuracy - mean_confidence)) / max(1, count.sum()))
    empty = count == 0
    mean_confidence[empty] = np.nan
    accuracy[empty] = np.nan
    return Reliability(mean_confidence, accuracy, count.astype(np.int64), ece)
