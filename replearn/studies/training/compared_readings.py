"""Measured figures with intervals, and which of two is larger."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.seeds import generator
from replearn.core.statistics import Proportion, proportion
from replearn.results.training import Reading

_WRITTEN = re.compile(r"([\d.]+) \[([\d.]+), ([\d.]+)\] \(n = ([\d,]+)\)")


def of_proportion(name: str, found: Proportion) -> Reading:
    """Return a share as a reading."""
    return Reading(name, found.value, found.low, found.high, found.n)


def of_share(name: str, share: float, n: int) -> Reading:
    """Return a share of n pictures as a reading, with its Wilson interval."""
    return of_proportion(name, proportion(round(share * n), n))


def of_text(name: str, text: str) -> Reading:
    """Read a figure as a card has it: "0.52 [0.50, 0.54] (n = 3,000)".

    Raises:
        InputError: it isn't written so.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise InputError(f"{text!r} is no figure with an interval; build the card anew.")
    value, low, high = map(float, found.groups()[:3])
    return Reading(name, value, low, high, int(found[4].replace(",", "")))


def of_uniformity(name: str, vectors: npt.NDArray[np.float32], seed: int = 0) -> Reading:
    """Return log mean exp(-2 |x - y|^2) over pairs of unit vectors (Wang and Isola 2020).

    The interval is the bootstrap's, over pictures: pairs of a picture with itself are left out.

    Args:
        name: what it is of.
        vectors: (n, d), L2-normalised.
        seed: of the bootstrap.
    """
    kernel = np.exp(4.0 * (vectors.astype(np.float64) @ vectors.T - 1))  # exp(-2 |x - y|^2)
    random = generator(seed, "bootstrap")
    draws = [random.integers(len(vectors), size=len(vectors)) for _ in range(200)]
    values = [_log_mean(kernel, rows) for rows in draws]
    low, high = np.quantile(values, [0.025, 0.975])
    value = _log_mean(kernel, np.arange(len(vectors)))
    return Reading(name, value, min(float(low), value), max(float(high), value), len(vectors))


def _log_mean(kernel: npt.NDArray[np.float64], rows: npt.NDArray[np.int64]) -> float:
    apart = rows[:, None] != rows
    return float(np.log(kernel[np.ix_(rows, rows)][apart].mean()))


def larger(first: Reading, second: Reading) -> int:
    """Return 0 if the first is larger, 1 if the second is, 2 where their intervals overlap."""
    if first.low > second.high:
        return 0
    return 1 if second.low > first.high else 2


def largest(readings: Sequence[Reading]) -> int:
    """Return which has the largest value; the first of those that are equal."""
    return int(np.argmax([reading.value for reading in readings]))
