"""Exact nearest neighbours among vectors in memory, a block of rows at a time."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
BLOCK = 1024


def distances_to(queries: Array, vectors: Array, metric: str) -> Array:
    """Return distances (m, n), squared where the metric is "euclidean": the order is the same.

    Args:
        queries: (m, d).
        vectors: (n, d).
        metric: "cosine" (1 - cosine) or "euclidean".
    """
    if metric == "cosine":
        found: Array = 1 - unit_rows(queries) @ unit_rows(vectors).T
        return np.maximum(found, 0, out=found)
    squared: Array = (queries**2).sum(1)[:, None] + (vectors**2).sum(1)[None]
    squared -= 2 * queries @ vectors.T
    return np.maximum(squared, 0, out=squared)


def k_nearest_of(queries: Array, vectors: Array, k: int, metric: str) -> tuple[Rows, Array]:
    """Return rows (m, k) of `vectors` nearest to each query, nearest first, and their distances."""
    distances = distances_to(queries, vectors, metric)
    k = min(k, len(vectors))
    rows = np.argpartition(distances, k - 1, axis=1)[:, :k]
    near = np.take_along_axis(distances, rows, 1)
    order = near.argsort(axis=1, kind="stable")
    found = np.take_along_axis(near, order, 1)
    if metric == "euclidean":
        found = np.sqrt(found)
    return np.take_along_axis(rows, order, 1).astype(np.int64), found


def k_nearest(vectors: Array, k: int, metric: str = "cosine") -> Rows:
    """Return each vector's k nearest others, (n, k), nearest first; k is cut to n - 1."""
    k = min(k, len(vectors) - 1)
    found = np.empty((len(vectors), k), np.int64)
    for start in range(0, len(vectors), BLOCK):
        stop = min(start + BLOCK, len(vectors))
        distances = distances_to(vectors[start:stop], vectors, metric)
        distances[np.arange(stop - start), np.arange(start, stop)] = np.inf  # not its own neighbour
        rows = np.argpartition(distances, k - 1, axis=1)[:, :k]
        order = np.take_along_axis(distances, rows, 1).argsort(axis=1, kind="stable")
        found[start:stop] = np.take_along_axis(rows, order, 1)
    return found


def unit_rows(vectors: Array) -> Array:
    """Return rows of unit length; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Array = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return found
