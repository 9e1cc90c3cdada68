"""Building the index of a large table, and measuring what it misses."""

import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from replearn.core.progress import Progress
from replearn.store.arrow import vector_batches
from replearn.store.index_search import RowIds, nearest_row_ids, take_vectors
from replearn.store.search import Vectors

RECALL_QUERIES = 100
RECALL_K = 10
GROWTH = 1.2
ROWS_A_GRAPH = 250_000


def up_to_date_index(
    table: Any, notes: Mapping[str, float], progress: Progress
) -> dict[str, float]:
    """Build the index where there is none, or the table has outgrown it; measure it.

    New rows are added to the index by LanceDB's `optimize` until they are a fifth of it.

    Args:
        table: the LanceDB table.
        notes: what this function returned before, or nothing.
        progress: told before each of the two.

    Returns:
        "index_rows" it was built for, in how many "graphs", "index_seconds" that took, and its
        "recall" at 10.
    """
    from lancedb.index import HnswSq

    found = dict(notes)
    count = table.count_rows()
    if count > GROWTH * notes.get("index_rows", 0):
        progress(0, 2, f"steps: the index of {count:,} vectors")
        start = time.perf_counter()
        graphs = max(1, round(count / ROWS_A_GRAPH))  # small ones take less memory to build
        config = HnswSq(distance_type="cosine", num_partitions=graphs)
        table.create_index("vector", config=config)
        seconds = time.perf_counter() - start
        found |= {"index_rows": count, "graphs": graphs, "index_seconds": seconds}
    progress(1, 2, f"steps: recall among {count:,} vectors")
    return found | {"recall": measured_recall(table, int(found["graphs"]))}


def measured_recall(table: Any, graphs: int, seed: int = 0) -> float:
    """Return which share of the true 10 nearest the index finds, over some rows as queries."""
    ids = table.search().select(["key"]).with_row_id(True).to_arrow()["_rowid"].to_numpy()
    queries = np.random.default_rng(seed).choice(ids, min(RECALL_QUERIES, len(ids)), replace=False)
    vectors = take_vectors(table, queries)
    true = exact_row_ids(table, vectors, RECALL_K)
    found = [nearest_row_ids(table, vector, RECALL_K, graphs)[0] for vector in vectors]
    hits = sum(len(set(a) & set(b)) for a, b in zip(true.tolist(), found, strict=True))
    return float(hits / true.size)


def exact_row_ids(table: Any, queries: Vectors, k: int) -> RowIds:
    """Compare queries (q, d) with every vector, a batch at a time; return row ids, (q, k)."""
    best = np.full((len(queries), k), -np.inf, np.float32)
    where = np.zeros((len(queries), k), np.uint64)
    for row_ids, vectors in vector_batches(table):
        cosines = np.concatenate([best, queries @ vectors.T], axis=1)  # (q, k + batch)
        ids = np.concatenate([where, np.broadcast_to(row_ids, (len(queries), len(row_ids)))], 1)
        top = np.argpartition(-cosines, k - 1, axis=1)[:, :k]
        best = np.take_along_axis(cosines, top, 1)
        where = np.take_along_axis(ids, top, 1)
    return where
