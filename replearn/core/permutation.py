"""Permutation tests of means (Fisher 1935; Ernst 2004), exact where the permutations can be listed.

Each test is two-sided and counts what was observed among its own permutations, so that no p is 0.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product

import numpy as np
import numpy.typing as npt

from replearn.core.seeds import generator

Floats = npt.NDArray[np.float64]
MOST = 9_999  # permutations that are drawn where there are more
_AT_ONCE = 500
_TIE = 1e-12  # of the sum: in another order it differs by as much


def sign_flip_p(differences: npt.ArrayLike, seed: int = 0) -> Floats:
    """Test whether paired differences have mean 0: each could as well have the other sign.

    Args:
        differences: (n, k), n pairs in each of k columns, tested one by one.
        seed: draws the signs, the same for all columns.

    Returns:
        (k,) p values.
    """
    values = np.asarray(differences, np.float64)
    n = len(values)
    as_it_is = np.ones(n)
    if 2**n <= MOST:
        return _share(values, as_it_is, [np.array(list(product((1.0, -1.0), repeat=n)))])
    random = generator(seed, "signs")
    drawn = (_signs(random, size, n) for size in _sizes())
    return _share(values, as_it_is, chain([as_it_is[None]], drawn))


def partition_p(values: npt.ArrayLike, first: int, seed: int = 0) -> Floats:
    """Test whether the first rows and the rest have the same mean: any could be of the first.

    Args:
        values: (n, k), n values in each of k columns, tested one by one.
        first: how many rows are of the first group.
        seed: draws the partitions, the same for all columns.

    Returns:
        (k,) p values.
    """
    given = np.asarray(values, np.float64)
    n = len(given)
    as_it_is = np.where(np.arange(n) < first, 1 / first, -1 / (n - first))
    if math.comb(n, first) <= MOST:
        listed = np.full((math.comb(n, first), n), as_it_is[-1])
        for row, chosen in enumerate(combinations(range(n), first)):
            listed[row, list(chosen)] = as_it_is[0]
        return _share(given, as_it_is, [listed])
    random = generator(seed, "partitions")
    drawn = (random.permuted(np.tile(as_it_is, (size, 1)), axis=1) for size in _sizes())
    return _share(given, as_it_is, chain([as_it_is[None]], drawn))


def _signs(random: np.random.Generator, size: int, n: int) -> Floats:
    return np.asarray(random.integers(0, 2, (size, n)) * 2 - 1, np.float64)


def _sizes() -> Iterator[int]:
    return (min(_AT_ONCE, MOST - start) for start in range(0, MOST, _AT_ONCE))


def _share(values: Floats, as_it_is: Floats, weightings: Iterable[Floats]) -> Floats:
    """Return how many weightings, (m, n) each time, weigh as much as the rows as they are."""
    slack = _TIE * np.abs(values).sum(axis=0) * np.abs(as_it_is).max()
    least = np.abs(as_it_is @ values) - slack
    more, total = np.zeros(values.shape[1]), 0
    for some in weightings:
        more += (np.abs(some @ values) >= least).sum(axis=0)
        total += len(some)
    return np.asarray(more / total)
