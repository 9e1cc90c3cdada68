"""How far a map can be believed: which neighbours survive (Venna and Kaski 2001)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.projections.neighbours import distances_to

Array = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
KS = (10, 30)
MEASURED = 2500  # points looked at in full; on a larger map as many are drawn at random
PAIRS = 100_000  # drawn for the rank correlation
BLOCK = 256


@dataclass(frozen=True, eq=False)
class LayoutQuality:
    """What a layout keeps of the full space.

    Attributes:
        figures: `trustworthiness@k` (1: no false neighbour on the map), `continuity@k` (1: no true
            neighbour torn away), `neighbours kept@k` (share of the k nearest that are the same),
            and `rank correlation` of all distances (Spearman).
        misplaced: (n,) how badly each point is placed, from 0 to 1: the mean of what it takes from
            trustworthiness and continuity at the largest k; nan where it wasn't measured.
    """

    figures: dict[str, float]
    misplaced: Array


def layout_quality(
    vectors: Array, points: Array, ks: tuple[int, ...] = KS, metric: str = "cosine"
) -> LayoutQuality:
    """Compare neighbours in the full space with those on the map.

    Args:
        vectors: (n, d).
        points: (n, 2 or 3).
        ks: neighbours counted; each is reduced where there are few points.
        metric: of the full space, "cosine" or "euclidean".
    """
    n = len(vectors)
    allowed = list(dict.fromkeys(max(1, min(k, (n - 1) // 2)) for k in ks))
    rows = np.arange(n)
    if n > MEASURED:
        rows = np.sort(np.random.default_rng(0).choice(n, MEASURED, replace=False))
    false, missed, kept = (np.zeros((len(allowed), len(rows))) for _ in range(3))
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        true_rank = _ranks(distances_to(vectors[rows[part]], vectors, metric), rows[part])
        map_rank = _ranks(distances_to(points[rows[part]], points, "euclidean"), rows[part])
        for i, k in enumerate(allowed):
            true_near, map_near = true_rank <= k, map_rank <= k
            false[i, part] = ((true_rank - k) * (map_near & ~true_near)).sum(1)
            missed[i, part] = ((map_rank - k) * (true_near & ~map_near)).sum(1)
            kept[i, part] = (true_near & map_near).sum(1) / k
    figures: dict[str, float] = {}
    for i, k in enumerate(allowed):
        scale = 2 / (k * (2 * n - 3 * k - 1))
        figures[f"trustworthiness@{k}"] = float(1 - scale * false[i].mean())
        figures[f"continuity@{k}"] = float(1 - scale * missed[i].mean())
        figures[f"neighbours kept@{k}"] = float(kept[i].mean())
    figures["rank correlation"] = _rank_correlation(vectors, points, metric)
    misplaced = np.full(n, np.nan, np.float32)
    misplaced[rows] = scale * (false[-1] + missed[-1]) / 2
    return LayoutQuality(figures, misplaced)


def _ranks(distances: Array, own: Rows) -> Rows:
    """Return each row's ranks, 1 for the nearest other point; a point's own rank is n."""
    count, n = distances.shape
    ranked = distances.astype(np.float64)
    ranked[np.arange(count), own] = np.inf
    order = ranked.argsort(axis=1, kind="stable")
    ranks = np.empty((count, n), np.int64)
    ranks[np.arange(count)[:, None], order] = np.arange(1, n + 1)
    return ranks


def _rank_correlation(vectors: Array, points: Array, metric: str) -> float:
    """Return Spearman's correlation of the distances of pairs, at most `PAIRS` of them."""
    from scipy.stats import spearmanr

    n = len(vectors)
    first, second = np.triu_indices(n, 1) if n * (n - 1) // 2 <= PAIRS else _pairs(n)
    true = _pair_distances(vectors, first, second, metric)
    on_map = _pair_distances(points, first, second, "euclidean")
    return float(spearmanr(true, on_map).statistic)


def _pairs(n: int) -> tuple[Rows, Rows]:
    random = np.random.default_rng(0)
    first = random.integers(0, n, PAIRS)
    return first, (first + random.integers(1, n, PAIRS)) % n


def _pair_distances(rows: Array, first: Rows, second: Rows, metric: str) -> Array:
    found = np.empty(len(first), np.float32)
    for start in range(0, len(first), 10_000):
        part = slice(start, start + 10_000)
        one, other = rows[first[part]], rows[second[part]]
        if metric == "cosine":
            lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
            found[part] = 1 - (one * other).sum(1) / np.maximum(lengths, 1e-12)
        else:
            found[part] = np.linalg.norm(one - other, axis=1)
    return found
