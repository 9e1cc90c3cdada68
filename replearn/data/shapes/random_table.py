"""Random numbers by address: entry (seed, stream, row, column) is the same in any order."""

import numpy as np
import numpy.typing as npt

_STEP = np.uint64(0x9E3779B97F4A7C15)


def uniform(
    seed: int, stream: int, rows: npt.NDArray[np.int64], columns: int
) -> npt.NDArray[np.float64]:
    """Return numbers in [0, 1), shape (rows, columns), by SplitMix64 (Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        key = _mixed(_mixed(np.uint64(seed) + _STEP) + np.uint64(stream) * _STEP)
        row = _mixed(key + rows.astype(np.uint64) * _STEP)  # (rows,)
        address = row[:, None] + np.arange(1, columns + 1, dtype=np.uint64) * _STEP
        return np.asarray((_mixed(address) >> np.uint64(11)) * 2.0**-53, np.float64)


def _mixed(values: npt.NDArray[np.uint64] | np.uint64) -> npt.NDArray[np.uint64]:
    values = np.asarray(values, np.uint64)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
