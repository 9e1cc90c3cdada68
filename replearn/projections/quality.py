"""How far a map can be believed: which neighbours survive (Venna and Kaski 2001)."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
K = 10


def layout_quality(vectors: Array, points: Array, k: int = K) -> dict[str, float]:
    """Compare neighbours in the full space (by cosine) with those on the map.

    Args:
        vectors: (n, d), L2-normalised.
        points: (n, 2).
        k: neighbours counted; reduced where there are few points.

    Returns:
        `trustworthiness` (1: no false neighbour on the map), `continuity` (1: no true neighbour
        torn away) and `neighbours kept` (share of the k nearest that are the same), at k.
    """
    n = len(vectors)
    k = max(1, min(k, (n - 1) // 2))
    true_rank = _ranks(-(vectors @ vectors.T))
    squared = (points**2).sum(1)
    map_rank = _ranks(squared[:, None] + squared[None] - 2 * points @ points.T)
    true_near, map_near = true_rank <= k, map_rank <= k
    scale = 2 / (n * k * (2 * n - 3 * k - 1))
    false = ((true_rank - k) * (map_near & ~true_near)).sum()
    missed = ((map_rank - k) * (true_near & ~map_near)).sum()
    kept = (true_near & map_near).sum() / (n * k)
    return {
        f"trustworthiness@{k}": float(1 - scale * false),
        f"continuity@{k}": float(1 - scale * missed),
        f"neighbours kept@{k}": float(kept),
    }


def _ranks(distances: Array) -> npt.NDArray[np.int64]:
    """Return each row's ranks, 1 for the nearest other point; a point's own rank is n."""
    n = len(distances)
    ranked = distances.astype(np.float64)
    np.fill_diagonal(ranked, np.inf)
    order = ranked.argsort(axis=1, kind="stable")
    ranks = np.empty((n, n), np.int64)
    ranks[np.arange(n)[:, None], order] = np.arange(1, n + 1)
    return ranks
