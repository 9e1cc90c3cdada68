"""Where rows are kept: what every place can do, and the plain one in memory."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from replearn.core.errors import InputError
from replearn.store.block import Block, Words
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.search import ExactSearch, Vectors


class Shelf(Protocol):
    """Rows by key."""

    def keys(self) -> set[str]:
        """Return the keys of what is here, and of pictures that are known to be unreadable."""
        ...

    def add(self, block: Block) -> None:
        """Keep rows."""
        ...

    def remove(self, keys: Iterable[str]) -> None:
        """Let rows go."""
        ...

    def relabel(self, words: Mapping[str, Words]) -> None:
        """Bring the words of rows up to date, by key; their vectors stay."""
        ...

    def table(self, keys: Sequence[str], origin: Origin) -> EmbeddingTable:
        """Return the rows that are here, in the order of `keys`."""
        ...


class MemoryShelf:
    """Rows in memory, for a computer without room on disk."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Words, Vectors, bytes]] = {}
        self._unreadable: set[str] = set()

    def keys(self) -> set[str]:
        """Return the keys of what is here, and of pictures that are known to be unreadable."""
        return self._rows.keys() | self._unreadable

    def add(self, block: Block) -> None:
        """Keep rows."""
        rows = zip(block.words, block.vectors, block.thumbnails, strict=True)
        self._rows.update(zip(block.keys, rows, strict=True))
        self._unreadable.update(block.unreadable)

    def remove(self, keys: Iterable[str]) -> None:
        """Let rows go."""
        for key in keys:
            self._rows.pop(key, None)
            self._unreadable.discard(key)

    def relabel(self, words: Mapping[str, Words]) -> None:
        """Bring the words of rows up to date, by key."""
        for key, row in self._rows.items():
            self._rows[key] = (words.get(key, row[0]), *row[1:])

    def table(self, keys: Sequence[str], origin: Origin) -> EmbeddingTable:
        """Return the rows that are here, in the order of `keys`."""
        rows = [self._rows[key] for key in keys if key in self._rows]
        refuse_empty(len(rows), origin)
        words = [row[0] for row in rows]
        thumbnails = [row[2] for row in rows]
        return EmbeddingTable(
            ExactSearch(np.stack([row[1] for row in rows])),
            tuple(word.id for word in words),
            np.array([word.label for word in words], np.int64),
            tuple(word.caption for word in words),
            tuple(word.group for word in words),
            columns_of([word.meta for word in words]),
            origin,
            lambda wanted: [thumbnails[row] for row in wanted],
        )


def columns_of(metas: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Turn what is known of each row into columns; "" where a row doesn't have one."""
    names = dict.fromkeys(name for meta in metas for name in meta)
    return {name: tuple(meta.get(name, "") for meta in metas) for name in names}


def refuse_empty(count: int, origin: Origin) -> None:
    """Say so where a table would have no rows.

    Raises:
        InputError: `count` is 0.
    """
    if not count:
        raise InputError(f"No picture of {origin.dataset} can be opened; choose another data set.")
