"""A table as one NPZ file: the form in which tables ship.

Shipped tables are small and change only with the project. One file of float16 numbers is a
quarter of a LanceDB folder, and numpy opens it in milliseconds, where importing lancedb alone
takes over a second: a map is there at once when its tab opens.
"""

import json
from dataclasses import astuple
from pathlib import Path

import numpy as np

from replearn.store.arrays import write_arrays
from replearn.store.checks import checked_ids, unit_vectors
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.search import ExactSearch


def write_table(table: EmbeddingTable, path: Path) -> None:
    """Write a table whole or not at all, its vectors as float16.

    Raises:
        OSError: there is no room, or no permission.
    """
    origin = astuple(table.origin) if table.origin else ()
    arrays = {
        "vectors": table.vectors.astype(np.float16),
        "ids": np.array(table.ids),
        "labels": table.labels.astype(np.int32),
        "captions": np.array(table.captions),
        "groups": np.array(table.groups),
        "columns": np.array(json.dumps(table.columns)),
        "origin": np.array(origin, str),
    }
    write_arrays(path, arrays)


def read_table(path: Path) -> EmbeddingTable:
    """Read a table that `write_table` wrote.

    Raises:
        ValueError, KeyError, OSError, InputError: the file isn't one.
    """
    with np.load(path, allow_pickle=False) as file:
        vectors = unit_vectors(file["vectors"])
        origin = file["origin"].tolist()
        columns = json.loads(str(file["columns"]))
        return EmbeddingTable(
            ExactSearch(vectors),
            checked_ids(file["ids"].tolist(), len(vectors)),
            file["labels"].astype(np.int64),
            tuple(file["captions"].tolist()),
            tuple(file["groups"].tolist()),
            {name: tuple(texts) for name, texts in columns.items()},
            Origin(*origin) if origin else None,
        )
