"""Nearest vectors among more than fit in memory, by LanceDB's index on disk.

IVF_HNSW_SQ: inverted lists of navigable small-world graphs (Malkov and Yashunin 2016) over
vectors of one byte a number; the best are compared again with the full vectors. It is
approximate, so its recall is measured when it is built (`index_building`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.store.arrow import as_vectors
from replearn.store.failures import DamagedError, failures
from replearn.store.search import Rows, Vectors

EXACT_LIMIT = 200_000  # vectors; up to here every cosine is computed in memory
WIDTH_OF_SEARCH = 200  # candidates that a graph search keeps
COMPARED_AGAIN = 4  # times k
UNREADABLE = "The vectors on disk can't be read any more; start again to compute them anew"

RowIds = npt.NDArray[np.uint64]


class IndexSearch:
    """Vectors that stay on disk.

    Args:
        table: the LanceDB table, with its index built.
        row_ids: (n,) LanceDB's own number of every row, in the order of the data set.
        graphs: of the index; all are searched.
        recall: of the index at 10, as it was measured.
    """

    def __init__(self, table: Any, row_ids: RowIds, graphs: int, recall: float) -> None:
        self._table = table
        self._row_ids = row_ids
        self._order = np.argsort(row_ids)  # row ids are looked up by bisection
        self._graphs = graphs
        self.recall = recall
        self.shape: tuple[int, int] = (len(row_ids), width(table))

    def take(self, rows: Sequence[int] | Rows) -> Vectors:
        """Read the vectors of some rows, (m, d), in the order asked for."""
        wanted = self._row_ids[np.asarray(rows, np.int64)]
        return take_vectors(self._table, wanted)

    def all(self) -> Vectors:
        """Refuse: they don't fit in memory.

        Raises:
            InputError: always.
        """
        raise InputError(
            f"The {self.shape[0]:,} vectors stay on disk; read some of them with take(rows)."
        )

    def nearest(self, vector: npt.NDArray[np.float32], k: int) -> tuple[Rows, Vectors]:
        """Return the rows of the k highest cosines with a unit vector (d,), and the cosines."""
        row_ids, cosines = nearest_row_ids(self._table, vector, k, self._graphs)
        found = np.searchsorted(self._row_ids, row_ids, sorter=self._order)
        rows = self._order[np.minimum(found, len(self._order) - 1)].astype(np.int64)
        known = self._row_ids[rows] == row_ids  # another process may have added rows
        return rows[known], cosines[known]


def nearest_row_ids(
    table: Any, vector: npt.NDArray[np.float32], k: int, probes: int
) -> tuple[RowIds, Vectors]:
    """Ask `probes` graphs of the index for the k nearest: row ids and cosines, best first."""
    with failures(DamagedError, UNREADABLE):
        found = (
            table.search(vector)
            .distance_type("cosine")
            .nprobes(probes)
            .ef(max(WIDTH_OF_SEARCH, 2 * k))
            .refine_factor(COMPARED_AGAIN)
            .limit(k)
            .select(["_distance"])
            .with_row_id(True)
            .to_arrow()
        )
    return found["_rowid"].to_numpy(), (1 - found["_distance"].to_numpy()).astype(np.float32)


def width(table: Any) -> int:
    """Return d of a LanceDB table's vectors."""
    return int(table.schema.field("vector").type.list_size)


def take_vectors(table: Any, row_ids: RowIds) -> Vectors:
    """Read vectors by row id, in the order asked for, (m, d)."""
    with failures(DamagedError, UNREADABLE):
        found = table.take_row_ids(row_ids.tolist()).select(["vector"]).with_row_id().to_arrow()
    there = found["_rowid"].to_numpy()
    order = np.argsort(there)
    rows = order[np.searchsorted(there, row_ids, sorter=order)]  # LanceDB gives its own order
    return np.ascontiguousarray(as_vectors(found["vector"])[rows])
