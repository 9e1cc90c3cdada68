"""Rows in a LanceDB table on disk: every block is a version, there whole or not at all.

lancedb is imported when a table is opened or written, never before: it takes over a second.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from replearn.core.in_place import put_in_place
from replearn.core.progress import Progress, batches, silent
from replearn.store.arrow import (
    WORDS,
    from_arrow,
    meta_of,
    texts_of,
    to_arrow,
    vector_batches,
)
from replearn.store.block import Block, Words
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.failures import DamagedError, StoreError, failures
from replearn.store.index_building import up_to_date_index
from replearn.store.index_search import EXACT_LIMIT, IndexSearch, RowIds, width
from replearn.store.search import ExactSearch, Search
from replearn.store.shelf import Shelf, columns_of, refuse_empty

KEYS_A_QUERY = 500
OLD = timedelta(hours=1)  # another process may read the version before for that long


class LanceShelf:
    """Rows of one data set under one model.

    Args:
        folder: where tables lie.
        name: of this one.

    Raises:
        DamagedError: there is such a table and it can't be read.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._card = folder / f"{name}.json"
        with failures(DamagedError, f"The kept vectors in {name} can't be read"):
            import lancedb

            self._database = lancedb.connect(folder)
            there = (folder / f"{name}.lance").exists()
            self._table: Any = self._database.open_table(name) if there else None
            self._notes: dict[str, Any] = (
                json.loads(self._card.read_text("utf-8")) if self._card.exists() else {}
            )
            self._unreadable: set[str] = set(self._notes.get("unreadable", ()))

    def keys(self) -> set[str]:
        """Return the keys of what is here, and of pictures that are known to be unreadable."""
        return set(self._columns("key")["key"].to_pylist()) | self._unreadable

    def add(self, block: Block) -> None:
        """Keep rows."""
        self._unreadable.update(block.unreadable)
        if not block.keys:
            return
        with failures(StoreError, "The vectors aren't kept on disk"):
            rows = to_arrow(block)
            if self._table is None:
                self._table = self._database.create_table(self._name, rows)
            else:
                self._table.add(rows)

    def remove(self, keys: Iterable[str]) -> None:
        """Let rows go."""
        gone = list(keys)
        self._unreadable.difference_update(gone)
        if self._table is None:  # nothing could be opened yet
            return
        with failures(StoreError, "Vectors can't be removed from the disk"):
            for some in batches(gone, KEYS_A_QUERY):
                self._table.delete(_where(some))

    def relabel(self, words: Mapping[str, Words]) -> None:
        """Bring the words of rows up to date, by key; their vectors stay."""
        held = self._columns("key", *WORDS)
        was = zip(*(held[name].to_pylist() for name in ("key", *WORDS)), strict=True)
        stale = [
            key for key, *texts in was if key in words and texts_of(words[key]) != tuple(texts)
        ]
        with failures(StoreError, "Labels can't be changed on disk"):
            for keys in batches(stale, KEYS_A_QUERY):
                rows = self._table.search().where(_where(keys)).limit(None).to_arrow()
                for place, name in enumerate(WORDS):
                    new = [texts_of(words[key])[place] for key in rows["key"].to_pylist()]
                    column = rows.schema.get_field_index(name)
                    rows = rows.set_column(column, rows.schema.field(name), [new])
                self._table.merge_insert("key").when_matched_update_all().execute(rows)

    def finish(self, origin: Origin, data: str, progress: Progress = silent) -> None:
        """Join small files, let old versions go, and write what the table is of beside it.

        Args:
            origin: which model made the rows.
            data: fingerprint of the data set that the table is complete for.
            progress: told before an index is built, which takes minutes.
        """
        if self._notes.get("data") == data:
            return
        with failures(StoreError, "The vectors aren't kept on disk"):
            if self._table is not None:
                self._table.optimize(cleanup_older_than=OLD)
                if self._table.count_rows() > EXACT_LIMIT:
                    self._notes |= up_to_date_index(self._table, self._notes, progress)
            self._notes |= asdict(origin)
            self._notes |= {"data": data, "unreadable": sorted(self._unreadable)}
            part = self._card.with_suffix(f".{os.getpid()}.part")
            part.write_text(json.dumps(self._notes, indent=1), encoding="utf-8")
            put_in_place(part, self._card)

    def copy_to(self, other: Shelf) -> None:
        """Hand every row that is here to another shelf."""
        with failures(DamagedError, f"The kept vectors in {self._name} can't be read"):
            if self._table is not None:
                for batch in self._table.search().to_batches():
                    other.add(from_arrow(batch))

    def table(self, keys: Sequence[str], origin: Origin) -> EmbeddingTable:
        """Return the rows that are here, in the order of `keys`."""
        with failures(DamagedError, f"The kept vectors in {self._name} can't be read"):
            import pyarrow as pa
            import pyarrow.compute as pc

            held = self._columns("key", *WORDS)
            order = pc.drop_null(
                pc.index_in(pa.array(keys), value_set=held["key"].combine_chunks())
            )
            held = held.take(order)
            refuse_empty(len(held), origin)
            places = held["_rowid"].to_numpy()
            metas = [meta_of(text) for text in held["meta"].to_pylist()]
            return EmbeddingTable(
                self._search_of(places),
                tuple(held["id"].to_pylist()),
                held["label"].to_numpy().astype(np.int64),
                tuple(held["caption"].to_pylist()),
                tuple(held["group"].to_pylist()),
                columns_of(metas),
                origin,
                lambda rows: self._thumbnails(places[list(rows)]),
            )

    def _columns(self, *names: str) -> Any:
        """Read columns of every row, with LanceDB's row ids."""
        import pyarrow as pa

        with failures(DamagedError, f"The kept vectors in {self._name} can't be read"):
            if self._table is None:
                return pa.table({name: pa.array([], pa.string()) for name in names})
            return self._table.search().select(list(names)).with_row_id(True).to_arrow()

    def _search_of(self, row_ids: RowIds) -> Search:
        if self._table.count_rows() > EXACT_LIMIT:
            return IndexSearch(self._table, row_ids, self._notes["graphs"], self._notes["recall"])
        place = {int(row_id): row for row, row_id in enumerate(row_ids)}
        vectors = np.empty((len(row_ids), width(self._table)), np.float32)
        for there, some in vector_batches(self._table):
            kept = [(place[int(row_id)], at) for at, row_id in enumerate(there) if row_id in place]
            rows, ats = np.array(kept, np.int64).reshape(-1, 2).T
            vectors[rows] = some[ats]
        return ExactSearch(vectors)

    def _thumbnails(self, row_ids: RowIds) -> list[bytes]:
        with failures(DamagedError, f"The kept thumbnails in {self._name} can't be read"):
            found = self._table.take_row_ids(row_ids.tolist()).select(["thumbnail"])
            read = found.with_row_id().to_arrow()
        there = dict(zip(read["_rowid"].to_pylist(), read["thumbnail"].to_pylist(), strict=True))
        return [there[row_id] for row_id in row_ids.tolist()]


def drop(folder: Path, name: str) -> None:
    """Delete a table from disk, readable or not."""
    shutil.rmtree(folder / f"{name}.lance", ignore_errors=True)
    (folder / f"{name}.json").unlink(missing_ok=True)


def drop_older(folder: Path, origin: Origin) -> None:
    """Delete tables of the same data set that an earlier version of the same model made.

    Nothing opens them any more: a name opens the weights that it has now.
    """
    for card in folder.glob("*.json"):
        with contextlib.suppress(OSError, ValueError):
            notes = json.loads(card.read_text("utf-8"))
            same = [notes.get("dataset"), notes.get("model")] == [origin.dataset, origin.model]
            if same and notes.get("fingerprint") != origin.fingerprint:
                drop(folder, card.stem)


def _where(keys: Iterable[str]) -> str:
    return "key IN ({})".format(", ".join(f"'{key}'" for key in keys))  # keys are hex or digits
