"""Neighbours among vectors on disk: time of a query, recall, memory, and time to build.

    python -m benchmarks.store [--rows 1000000] [--width 512] [--queries 200] [--folder FOLDER]

The vectors are drawn, as no million photographs is at hand: 64 numbers each, around 5,000 centres
of unequal size, laid into the full width by one random matrix, with a little noise in every
direction; so they have neighbourhoods, as embeddings do, and no two are equal. Queries are drawn
alike and aren't rows. Recall at 10 is measured against a comparison with every vector. Building
and asking run in processes of their own, and each tells the most memory that it took.

A million of 512 want 6 GB of disk while they are built, and about 10 minutes on two quiet cores.
"""

import argparse
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.record import keep
from replearn.store import lance_shelf
from replearn.store.block import Block, Words
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.index_building import exact_row_ids
from replearn.store.index_search import EXACT_LIMIT
from replearn.store.lance_shelf import LanceShelf

CHUNK = 10_000  # rows that are drawn and written at a time
INNER = 64
CENTRES = 5_000
WARM_UP = 50
ORIGIN = Origin("drawn", "no model", "benchmark")


@dataclass(frozen=True)
class Size:
    rows: int
    width: int
    queries: int
    folder: Path


def drawn(size: Size, count: int, seed: int) -> Iterator[np.ndarray]:
    """Yield unit vectors (at most CHUNK, width) until there are `count`."""
    world, random = np.random.default_rng(0), np.random.default_rng(seed)
    centres = world.normal(size=(CENTRES, INNER)).astype(np.float32)
    weights = world.pareto(1.5, CENTRES) + 0.1
    into = world.normal(size=(INNER, size.width)).astype(np.float32) / INNER**0.5
    for start in range(0, count, CHUNK):
        n = min(CHUNK, count - start)
        of = random.choice(CENTRES, n, p=weights / weights.sum())
        inner = centres[of] + 0.5 * random.standard_normal((n, INNER), np.float32)
        found = inner @ into + 0.05 * random.standard_normal((n, size.width), np.float32)
        yield found / np.linalg.norm(found, axis=1, keepdims=True)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shelf_of(size: Size) -> LanceShelf:
    # a small trial has an index too
    lance_shelf.EXACT_LIMIT = min(EXACT_LIMIT, size.rows // 2)
    return LanceShelf(size.folder, "drawn")


def build(size: Size) -> dict[str, float]:
    shelf = shelf_of(size)
    start, done = time.perf_counter(), 0
    for vectors in drawn(size, size.rows, seed=1):
        names = [f"{row:09d}" for row in range(done, done + len(vectors))]
        words = [Words(name, -1, "", "", {}) for name in names]
        shelf.add(Block(names, words, vectors, [b""] * len(names)))
        done += len(vectors)
    written = time.perf_counter() - start
    shelf.finish(ORIGIN, "drawn")
    return {
        "writing (s)": written,
        "joining files, index and its recall (s)": time.perf_counter() - start - written,
        "building, peak memory (MB)": peak_megabytes(),
    }


def ask(size: Size) -> dict[str, float]:
    start = time.perf_counter()
    table = shelf_of(size).table([f"{row:09d}" for row in range(size.rows)], ORIGIN)
    opened = time.perf_counter() - start
    queries = next(drawn(size, WARM_UP + size.queries, seed=2))
    times, found = [], []
    for query in queries:
        start = time.perf_counter()
        found.append(table.neighbours(vector=query, k=10).indices)
        times.append((time.perf_counter() - start) * 1000)
    peak = peak_megabytes()
    return {
        "opening the table (s)": opened,
        "first query (ms)": times[0],
        "a query after warm-up, median (ms)": statistics.median(times[WARM_UP:]),
        "a query after warm-up, 95th percentile (ms)": float(np.quantile(times[WARM_UP:], 0.95)),
        "asking, peak memory (MB)": peak,
        "recall at 10": recall(table, queries[WARM_UP:], found[WARM_UP:]),
    }


def recall(table: EmbeddingTable, queries: np.ndarray, found: list[np.ndarray]) -> float:
    search = table.search
    true = exact_row_ids(search._table, queries, 10)
    hits = sum(
        len(set(search._row_ids[rows].tolist()) & set(best.tolist()))
        for rows, best in zip(found, true, strict=True)
    )
    return hits / true.size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where the table is built; default: temporary")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        size = Size(options.rows, options.width, options.queries, Path(scratch))
        figures: dict[str, float | int | str] = {"vectors": f"{size.rows:,} x {size.width}, drawn"}
        for part in (build, ask):
            fresh = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, mp_context=fresh) as pool:
                figures |= pool.submit(part, size).result()
    keep("store", figures)


if __name__ == "__main__":
    main()
