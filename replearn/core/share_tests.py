"""Tests and intervals of differences between shares, one or many at once."""

import math

import numpy as np
import numpy.typing as npt

from replearn.core.seeds import generator
from replearn.core.statistics import Estimate

DRAWS = 2000  # of a bootstrap
Floats = npt.NDArray[np.float64]


def holm(values: npt.ArrayLike) -> Floats:
    """Return p-values corrected for their number (Holm 1979, Scand. J. Statist. 6, 65-70).

    With all below 0.05 called real, the probability of a single false one is at most 0.05.

    Args:
        values: (m,) p-values; nan stays nan and isn't counted.
    """
    given = np.asarray(values, np.float64)
    found = np.full(given.shape, np.nan)
    known = np.flatnonzero(np.isfinite(given))
    order = known[np.argsort(given[known], kind="stable")]
    counted = given[order] * np.arange(len(order), 0, -1)
    found[order] = np.minimum(np.maximum.accumulate(counted), 1.0) if len(order) else []
    return found


def fisher(right: int, n: int, other_right: int, other_n: int) -> float:
    """Return the two-sided p of Fisher's exact test that two shares are one."""
    from scipy.special import gammaln

    total = right + other_right
    # how many of all the right ones could be in the first group
    could = np.arange(max(0, total - other_n), min(n, total) + 1)
    logs = sum(
        gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1)
        for of, some in ((n, could), (other_n, total - could))
    )
    chances = np.exp(logs - logs.max())
    # as likely as what was seen, or less; products of many numbers differ in their last digits
    as_rare = chances <= chances[right - could[0]] * (1 + 1e-7)
    return float(chances[as_rare].sum() / chances.sum())


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the exact two-sided p of McNemar's test: the same things, asked twice.

    Args:
        only_first: how many were right the first time alone.
        only_second: how many the second time alone.
    """
    from scipy.special import bdtr

    n = only_first + only_second
    return min(1.0, 2 * float(bdtr(min(only_first, only_second), n, 0.5)))


def equal_shares(right: npt.ArrayLike, n: npt.ArrayLike) -> float:
    """Return the p of Pearson's chi-square test that all groups have one share.

    Args:
        right: (k,) how many of each group.
        n: (k,) of how many; groups of none are left out.
    """
    from scipy.special import chdtrc

    count = np.asarray(n, np.float64)
    hits, count = np.asarray(right, np.float64)[count > 0], count[count > 0]
    share = hits.sum() / count.sum() if len(count) else 0.0
    if len(count) < 2 or share in {0.0, 1.0}:
        return math.nan
    statistic = np.square(hits - count * share).dot(1 / count) / (share * (1 - share))
    return float(chdtrc(len(count) - 1, statistic))


def explained(right: npt.ArrayLike, n: npt.ArrayLike) -> float:
    """Return the share of the variance of right and wrong that groups explain, by chance 0.

    Epsilon squared (Kelley 1935): the between-group share less what as many random groups explain.

    Args:
        right: (k,) how many of each group.
        n: (k,) of how many.
    """
    count = np.asarray(n, np.float64)
    hits, count = np.asarray(right, np.float64)[count > 0], count[count > 0]
    total = count.sum()
    share = hits.sum() / total if total else 0.0
    if share in {0.0, 1.0} or total <= len(count):
        return 0.0
    whole = total * share * (1 - share)
    within = float((hits * (1 - hits / count)).sum())
    return max(0.0, float(1 - within / (total - len(count)) * (total - 1) / whole))


def difference(right: int, n: int, other_right: int, other_n: int, seed: int = 0) -> Estimate:
    """Return the first share minus the second, with its 95 % bootstrap interval.

    Resampling n answers that are right or wrong is drawing from a binomial distribution, so
    counts are enough. Each share is drawn with half a right and half a wrong answer more
    (Jeffreys), or a group without mistakes would have no interval.

    Raises:
        ValueError: a group is empty.
    """
    if not (n and other_n):
        raise ValueError("a difference wants two groups")
    random = generator(seed, "difference", right, n, other_right, other_n)
    drawn = [
        random.binomial(count, (hits + 0.5) / (count + 1), DRAWS) / count
        for hits, count in ((right, n), (other_right, other_n))
    ]
    low, high = np.quantile(drawn[0] - drawn[1], [0.025, 0.975])
    value = right / n - other_right / other_n
    return Estimate(value, min(float(low), value), max(float(high), value), n + other_n)


def paired_difference(first: npt.ArrayLike, second: npt.ArrayLike, seed: int = 0) -> Estimate:
    """Return the mean difference of the same things asked twice, with its bootstrap interval.

    Args:
        first: (n,) right or wrong, or numbers.
        second: (n,) the same things.
    """
    change = np.asarray(first, np.float64) - np.asarray(second, np.float64)
    return resampled_mean(change, seed)


def resampled_mean(values: npt.ArrayLike, seed: int = 0) -> Estimate:
    """Return a mean with its 95 % bootstrap interval; the values are resampled.

    Values that repeat are drawn by how often they are there, so it takes no more memory with more.
    """
    given = np.asarray(values, np.float64)
    kinds, counts = np.unique(given, return_counts=True)
    random = generator(seed, "resampled", len(given))
    drawn = random.multinomial(len(given), counts / len(given), DRAWS) @ kinds / len(given)
    low, high = np.quantile(drawn, [0.025, 0.975])
    value = float(given.mean())
    return Estimate(value, min(float(low), value), max(float(high), value), len(given))


def widest_by_chance(right: int, n: npt.ArrayLike, seed: int = 0) -> float:
    """Return the gap that groups of one share exceed by chance in 5 of 100 samples.

    Args:
        right: how many are right in all groups together.
        n: (k,) sizes of the groups, all positive.
    """
    sizes = np.asarray(n, np.int64)
    random = generator(seed, "widest", right, *map(int, sizes))
    drawn = random.binomial(sizes, right / sizes.sum(), (DRAWS, len(sizes))) / sizes
    return float(np.quantile(np.ptp(drawn, axis=1), 0.95))
