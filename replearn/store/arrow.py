"""Blocks of rows as Arrow tables, and vectors out of them without a copy a number."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.store.block import Block, Words
from replearn.store.search import Vectors

WORDS = ("id", "label", "caption", "group", "meta")


def to_arrow(block: Block) -> Any:
    """Return a block as an Arrow table of the columns key, those of words, thumbnail, vector."""
    import pyarrow as pa

    texts = [texts_of(words) for words in block.words]
    columns = {name: [row[at] for row in texts] for at, name in enumerate(WORDS)}
    numbers = pa.array(np.ascontiguousarray(block.vectors, np.float32).ravel())
    return pa.table(
        {
            "key": list(block.keys),
            **columns,
            "thumbnail": pa.array(block.thumbnails, pa.binary()),
            "vector": pa.FixedSizeListArray.from_arrays(numbers, block.vectors.shape[1]),
        }
    )


def texts_of(words: Words) -> tuple[str, int, str, str, str]:
    """Return what is known of a row as it stands in the columns `WORDS`."""
    meta = json.dumps(dict(words.meta), sort_keys=True) if words.meta else ""
    return words.id, words.label, words.caption, words.group, meta


def from_arrow(rows: Any) -> Block:
    """Return a block from what `to_arrow` made of it, or a part of that."""
    texts = zip(*(rows[name].to_pylist() for name in WORDS), strict=True)
    words = [
        Words(identity, label, caption, group, meta_of(meta))
        for identity, label, caption, group, meta in texts
    ]
    vectors = as_vectors(rows["vector"]).copy()
    return Block(rows["key"].to_pylist(), words, vectors, rows["thumbnail"].to_pylist())


def meta_of(text: str) -> dict[str, str]:
    """Return what `texts_of` wrote to the column meta."""
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def as_vectors(column: Any) -> Vectors:
    """Return a column of fixed-size lists as (m, d)."""
    whole = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    numbers: Vectors = whole.flatten().to_numpy()
    return numbers.reshape(len(whole), whole.type.list_size)


def vector_batches(table: Any) -> Iterator[tuple[npt.NDArray[np.uint64], Vectors]]:
    """Read a LanceDB table's row ids (m,) and vectors (m, d), batch by batch."""
    for batch in table.search().select(["vector"]).with_row_id(True).to_batches():
        yield batch["_rowid"].to_numpy(), as_vectors(batch["vector"])
