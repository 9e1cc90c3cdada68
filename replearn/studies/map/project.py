"""Lay vectors out in two or three dimensions, from wherever they come."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.projections import load_projection
from replearn.projections.base import FEWEST, Projection, check_vectors
from replearn.projections.quality import layout_quality
from replearn.projections.sample import stratified
from replearn.results.map import EmbeddingMap, Rows
from replearn.results.stamp import Stamp
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.layouts import Layout, find_layout, keep_layout, layout_name
from replearn.store.own_vectors import read_own

Floats = npt.NDArray[np.float32]
OWN = "own coordinates"


def project(
    table_or_vectors: EmbeddingTable | Floats | str | Path,
    method: str = "umap",
    seed: int = 0,
    progress: Progress = silent,
    **parameters: Any,
) -> EmbeddingMap:
    """Lay vectors out so that alike ones stand near each other; the same call gives the same map.

    Args:
        table_or_vectors: what `embed` gives, vectors (n, d), or an NPZ or Parquet file with vectors
            or coordinates of one's own (see `store.own_vectors.read_own`). Coordinates are drawn
            as they are. Of more than 20,000 rows a stratified sample is laid out.
        method: an entry of `PROJECTIONS`.
        seed: of the projection and of the sample.
        progress: told when the work begins.
        parameters: of the projection, e.g. `dimensions=3`, `perplexity=50`, `n_neighbors=5`.

    Raises:
        InputError: the vectors can't be laid out, or a parameter isn't known.

    Example:
        >>> project(np.eye(12, dtype=np.float32), "pca").coordinates.shape
        (12, 2)
    """
    start = time.perf_counter()
    if not 0 <= seed < 2**32:
        raise InputError(f"The seed is {seed}; choose a whole number from 0 to {2**32 - 1:,}.")
    projection = load_projection(method, **parameters)
    source = _opened(table_or_vectors)
    rows = stratified(source.groups, seed=seed)
    vectors = source.take(rows)
    if source.coordinates is not None:
        method, layout = OWN, _own_layout(source.coordinates[rows], vectors)
    else:
        assert vectors is not None  # a file without either was refused
        layout = laid_out(vectors, projection, seed, progress)
    settings: dict[str, Any] = {"data": source.origin.dataset, "projection": method}
    if method != OWN:
        settings |= projection.for_points(len(rows)).settings
    if len(rows) < len(source.ids):
        settings["drawn"] = f"{len(rows):,} of {len(source.ids):,}, a stratified sample"
    return EmbeddingMap(
        dataset=source.origin.dataset,
        projection=method,
        coordinates=layout.coordinates,
        rows=rows,
        ids=tuple(source.ids[i] for i in rows),
        captions=tuple(source.captions[i] for i in rows),
        groups=tuple(source.groups[i] for i in rows),
        preservation=layout.preservation,
        misplaced=layout.misplaced,
        stamp=Stamp(
            source.origin.model,
            source.origin.fingerprint,
            time.perf_counter() - start,
            n=len(rows),
            seed=seed,
            settings=settings,
        ),
    )


def laid_out(
    vectors: Floats, projection: Projection, seed: int, progress: Progress = silent
) -> Layout:
    """Return the layout of vectors (n, d): shipped, from the cache, or computed and kept.

    Raises:
        InputError: the vectors can't be laid out.
    """
    check_vectors(vectors)
    name = layout_name(vectors, projection.name, projection.settings, seed)
    layout = find_layout(name)
    if layout is None:
        layout = computed(vectors, projection, seed, progress)
        keep_layout(layout, name)
    return layout


def computed(
    vectors: Floats, projection: Projection, seed: int, progress: Progress = silent
) -> Layout:
    """Lay vectors out anew and measure what the map keeps."""
    progress(0, 2, f"{projection.name} of {len(vectors):,} points")
    coordinates = projection.fit_transform(vectors, seed)
    progress(1, 2, "measuring what the map keeps")
    quality = layout_quality(vectors, coordinates, metric=projection.distance)
    return Layout(coordinates, quality.figures, quality.misplaced)


@dataclass(frozen=True, eq=False)
class _Source:
    ids: tuple[str, ...]
    captions: tuple[str, ...]
    groups: tuple[str, ...]
    origin: Origin
    vectors: EmbeddingTable | Floats | None
    coordinates: Floats | None = None

    def take(self, rows: Rows) -> Floats | None:
        """Return the vectors of some rows, from disk where the table lies there."""
        if isinstance(self.vectors, EmbeddingTable):
            return self.vectors.search.take(rows)
        return None if self.vectors is None else self.vectors[rows]


def _opened(given: EmbeddingTable | Floats | str | Path) -> _Source:
    if isinstance(given, EmbeddingTable):
        origin = given.origin or _origin("own vectors", given.vectors)
        return _Source(given.ids, given.captions, given.groups, origin, given)
    if isinstance(given, str | Path):
        path = Path(given)
        own = read_own(path)
        whole = own.vectors if own.vectors is not None else own.coordinates
        assert whole is not None  # read_own gives one of the two
        origin = _origin(path.name, whole)
        return _Source(own.ids, own.captions, own.groups, origin, own.vectors, own.coordinates)
    try:
        vectors = np.asarray(given)
    except ValueError as error:
        raise InputError("Vectors come as rows of one width, shape (n, d).") from error
    if vectors.ndim != 2 or vectors.dtype.kind not in "fiu":
        raise InputError(
            f"Vectors come as rows of numbers, shape (n, d); these have the shape {vectors.shape}."
        )
    ids = tuple(str(row) for row in range(len(vectors)))
    origin = _origin("own vectors", vectors)
    return _Source(ids, ids, ("",) * len(ids), origin, vectors.astype(np.float32))


def _origin(name: str, values: Floats) -> Origin:
    key = fingerprint.of_parts([np.ascontiguousarray(values).tobytes()])
    return Origin(name, "own vectors", key)


def _own_layout(points: Floats, vectors: Floats | None) -> Layout:
    if not np.isfinite(points).all():
        raise InputError("A coordinate isn't finite; leave its row out.")
    if vectors is None or len(points) < FEWEST:
        return Layout(points, {}, np.full(len(points), np.nan, np.float32))
    check_vectors(vectors)
    quality = layout_quality(vectors, points)
    return Layout(points, quality.figures, quality.misplaced)
