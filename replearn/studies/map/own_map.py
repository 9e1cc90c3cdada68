"""A map from a file of one's own: its vectors, or its coordinates for a data set of the app."""

from pathlib import Path
from typing import Any

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.projections.base import FEWEST
from replearn.projections.quality import layout_quality
from replearn.results.map import EmbeddingMap
from replearn.store.embedding_table import EmbeddingTable, table_of
from replearn.store.own_vectors import OwnVectors, read_own
from replearn.studies.map.embed import embed
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.project import project


def own_map(
    path: str | Path, choice: MapChoice, progress: Progress = silent
) -> tuple[EmbeddingTable, EmbeddingMap]:
    """Return the table and the map that a file makes.

    Args:
        path: an NPZ or Parquet file (see `store.own_vectors.read_own`). Vectors are laid out as
            `choice` says; coordinates without vectors belong to its data set, row for row or by id,
            and are judged by its model's vectors.
        choice: data set, model, projection, seed and parameters.
        progress: told as the work goes on.

    Raises:
        InputError: the file can't be used, or its coordinates don't fit the data set.
    """
    own = read_own(Path(path))
    settings: dict[str, Any] = dict(choice.parameters)
    if own.vectors is not None:
        found = project(path, choice.projection, choice.seed, progress, **settings)
        table = table_of(own.vectors, own.ids, own.captions, own.groups)
        return table, found
    table = _fitting(own, embed(choice.dataset, choice.model, progress))
    drawn = project(path, choice.projection, choice.seed, progress)
    vectors = table.search.take(drawn.rows)
    quality = layout_quality(vectors, drawn.coordinates) if len(vectors) >= FEWEST else None
    return table, EmbeddingMap(
        dataset=table.origin.dataset if table.origin else drawn.dataset,
        projection=drawn.projection,
        coordinates=drawn.coordinates,
        rows=drawn.rows,
        ids=tuple(table.ids[i] for i in drawn.rows),
        captions=tuple(table.captions[i] for i in drawn.rows),
        groups=tuple(table.groups[i] for i in drawn.rows),
        preservation=quality.figures if quality else {},
        misplaced=quality.misplaced if quality else drawn.misplaced,
        stamp=drawn.stamp,
    )


def _fitting(own: OwnVectors, table: EmbeddingTable) -> EmbeddingTable:
    """Return the table in the order of the file's rows."""
    if not own.named:
        if len(own.ids) == len(table):
            return table
        raise InputError(
            f"The file has {len(own.ids):,} coordinates and the data set {len(table):,} pictures; "
            "give one row for each, or a column of ids."
        )
    place = {identity: row for row, identity in enumerate(table.ids)}
    unknown = [identity for identity in own.ids if identity not in place]
    if unknown:
        raise InputError(
            f"{len(unknown):,} of the file's {len(own.ids):,} ids aren't in the data set, for "
            f"example {unknown[0]!r}; its first is {table.ids[0]!r}."
        )
    return table.take(np.array([place[identity] for identity in own.ids]))
