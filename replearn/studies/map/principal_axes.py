"""Along which directions do the pictures differ most? PCA's axes, shown by what ends them."""

import time

import numpy as np

from replearn.projections.base import check_vectors
from replearn.projections.pca import components, projected
from replearn.projections.sample import stratified
from replearn.results.map import PrincipalAxes
from replearn.results.stamp import Stamp
from replearn.store.embedding_table import EmbeddingTable


def principal_axes(table: EmbeddingTable, count: int = 6, ends: int = 6) -> PrincipalAxes:
    """Return the first components with their share of the variance and the pictures at their ends.

    Args:
        table: what `embed` gives.
        count: components; fewer where the vectors have fewer directions.
        ends: pictures at each end; fewer where there are few.

    Raises:
        InputError: there are too few vectors, or they don't differ.
    """
    start = time.perf_counter()
    rows = stratified(table.groups)
    vectors = table.search.take(rows)
    check_vectors(vectors)
    model = components(vectors, min(count, *vectors.shape))
    places = projected(model, vectors).T  # (c, n)
    ends = min(ends, len(rows) // 2)
    order = places.argsort(axis=1, kind="stable")
    origin = table.origin
    return PrincipalAxes(
        model.explained_variance_ratio_.astype(np.float32),
        rows[order[:, :ends]],
        rows[order[:, ::-1][:, :ends]],
        Stamp(
            origin.model if origin else "own vectors",
            origin.fingerprint if origin else "",
            time.perf_counter() - start,
            n=len(rows),
            settings={"data": origin.dataset if origin else "own vectors", "method": "pca"},
        ),
    )
