"""Which vectors are nearest: the one question that a table's vectors answer."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


class Search(Protocol):
    """Unit vectors, (n, d), in memory or on disk."""

    shape: tuple[int, int]
    recall: float  # share of the true 10 nearest that it finds

    def take(self, rows: Sequence[int] | Rows) -> Vectors:
        """Return the vectors of some rows, (m, d), in the order asked for."""
        ...

    def all(self) -> Vectors:
        """Return every vector, (n, d).

        Raises:
            InputError: there are more than fit in memory.
        """
        ...

    def nearest(self, vector: npt.NDArray[np.float32], k: int) -> tuple[Rows, Vectors]:
        """Return the rows of the k highest cosines with a unit vector (d,), and the cosines."""
        ...


class ExactSearch:
    """Every cosine is computed: exact, and quick to some hundred thousand vectors.

    Args:
        vectors: (n, d), L2-normalised.
    """

    recall = 1.0

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self.shape: tuple[int, int] = vectors.shape

    def take(self, rows: Sequence[int] | Rows) -> Vectors:
        """Return the vectors of some rows, (m, d)."""
        return self._vectors[np.asarray(rows, np.int64)]

    def all(self) -> Vectors:
        """Return every vector, (n, d)."""
        return self._vectors

    def nearest(self, vector: npt.NDArray[np.float32], k: int) -> tuple[Rows, Vectors]:
        """Return the rows of the k highest cosines with a unit vector (d,), and the cosines."""
        cosines = self._vectors @ vector
        k = min(k, len(cosines))
        candidates = np.argpartition(-cosines, k - 1)[:k]
        order = candidates[np.argsort(-cosines[candidates], kind="stable")]
        return order.astype(np.int64), cosines[order].astype(np.float32)
