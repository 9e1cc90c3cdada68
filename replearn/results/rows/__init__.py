"""Rows as files: one way to write, read, add to and merge a table, as CSV or Parquet.

A table declares its columns; what it holds are the rows of a dataclass, or whole columns.
"""

import csv
import json
import os
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from replearn.core.in_place import put_in_place

T = TypeVar("T")
ABOUT = b"replearn"  # the key of what a Parquet file says of itself
CSV = ".csv"


@dataclass(frozen=True, eq=False)
class Words:
    """A column of words that repeat.

    Attributes:
        codes: (n,) indices into `words`.
        words: each of them once.
    """

    codes: npt.NDArray[np.int32]
    words: tuple[str, ...]

    def at(self, row: int) -> str:
        """Return one of the n words."""
        return self.words[int(self.codes[row])]

    def spelt(self) -> list[str]:
        """Return the n words."""
        return [self.words[code] for code in self.codes.tolist()]


@dataclass(frozen=True)
class Column:
    """How a column is stored.

    Attributes:
        name: in the heading, and of the dataclass's field.
        parquet: the name of its type in Parquet; "words" is text that repeats, by a dictionary.
        decimals: kept in Parquet; None keeps all.
        text: the format of its cells in CSV.
        parse: reads a cell of CSV.
    """

    name: str
    parquet: str = "string"
    decimals: int | None = None
    text: str = ""
    parse: Callable[[str], Any] = str


@dataclass(frozen=True)
class Table:
    """A kind of file: its columns, and how tightly it is packed.

    Attributes:
        columns: in order.
        level: of zstd, in Parquet; None is its own.
        line_end: of a line of CSV.
        grows: whether a row may be read while it is being written, and is left out.
    """

    columns: tuple[Column, ...]
    level: int | None = 15
    line_end: str = "\r\n"
    grows: bool = False
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Know the names in order."""
        object.__setattr__(self, "names", tuple(one.name for one in self.columns))

    def write(
        self, values: Mapping[str, Any], path: Path, about: Mapping[str, str | int] | None = None
    ) -> None:
        """Write columns, as CSV where the file's name ends so, else as Parquet.

        Args:
            values: of each column: a sequence, an array, or `Words`.
            path: of the file, which is replaced at once; folders above it are made.
            about: what a Parquet file says of itself.

        Raises:
            OSError: the file can't be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        # another thread, or another app on this cache, may write the same
        part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.writing")
        try:
            if path.suffix.lower() == CSV:
                listed = (_listed(values[name]) for name in self.names)
                self._write_csv(zip(*listed, strict=True), part)
            else:
                self._write_parquet(values, part, about)
            put_in_place(part, path)
        finally:
            part.unlink(missing_ok=True)

    def write_rows(
        self, rows: Sequence[Any], path: Path, about: Mapping[str, str | int] | None = None
    ) -> None:
        """Write the rows of a dataclass; see `write`."""
        values = {name: [getattr(row, name) for row in rows] for name in self.names}
        self.write(values, path, about)

    def append_row(self, row: Any, path: Path) -> None:
        """Add a row to a CSV file; a new one gets a heading."""
        new = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator=self.line_end)
            if new:
                writer.writerow(self.names)
            writer.writerow(self._cells(getattr(row, name) for name in self.names))

    def read(self, path: Path) -> dict[str, Any]:
        """Return the columns of a Parquet file: texts as `Words`, numbers as arrays."""
        import pyarrow.parquet as pq

        table = pq.read_table(path, columns=list(self.names))
        return {one.name: _column(table[one.name], one) for one in self.columns}

    def read_rows(self, kind: Callable[..., T], path: Path, **only: Any) -> list[T]:
        """Return the rows of a file.

        Args:
            kind: makes a row of the columns' values, by name.
            path: of the file.
            only: a column's value that the rows must have.

        Raises:
            OSError, ValueError, KeyError, TypeError: the file holds no such rows.
        """
        if path.suffix.lower() == CSV:
            with path.open(newline="", encoding="utf-8") as file:
                lines = [line for line in csv.DictReader(file) if not self.grows or _whole(line)]
            found = [self._parsed(line) for line in lines]
            chosen = (row for row in found if all(row[key] == only[key] for key in only))
            return [kind(**row) for row in chosen]
        import pyarrow.parquet as pq

        wanted = [(name, "==", value) for name, value in only.items()] or None
        table = pq.read_table(path, columns=list(self.names), filters=wanted)
        columns = [table[name].to_pylist() for name in self.names]
        rows = zip(*columns, strict=True)
        return [kind(**dict(zip(self.names, row, strict=True))) for row in rows]

    def _write_csv(self, rows: Iterable[Iterable[Any]], path: Path) -> None:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator=self.line_end)
            writer.writerow(self.names)
            writer.writerows(self._cells(row) for row in rows)

    def _cells(self, values: Iterable[Any]) -> Iterator[Any]:
        for value, column in zip(values, self.columns, strict=True):
            yield "" if value is None else format(value, column.text) if column.text else value

    def _parsed(self, line: Mapping[str, str]) -> dict[str, Any]:
        return {one.name: one.parse(line[one.name]) for one in self.columns}

    def _write_parquet(
        self, values: Mapping[str, Any], path: Path, about: Mapping[str, str | int] | None
    ) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.table({one.name: _stored(values[one.name], one) for one in self.columns})
        if about is not None:
            table = table.replace_schema_metadata({ABOUT: json.dumps(dict(about))})
        pq.write_table(table, path, compression="zstd", compression_level=self.level)


def about_file(path: Path) -> dict[str, Any]:
    """Return what a Parquet file says of itself; nothing where it says nothing."""
    import pyarrow.parquet as pq

    try:
        found: dict[str, Any] = json.loads((pq.read_schema(path).metadata or {}).get(ABOUT, b"{}"))
    except (OSError, ValueError):
        return {}
    return found


def merged(
    old: Iterable[T],
    new: Sequence[T],
    subject: Callable[[T], Hashable],
    stays: Callable[[T], bool] = lambda _: True,
) -> list[T]:
    """Return rows with new ones in the place of older ones, the new ones last.

    Args:
        old: the rows there were.
        new: those that are added.
        subject: what a row is about; of what a new row is about no old one stays.
        stays: whether an old row may stay at all.
    """
    taken = {subject(row) for row in new}
    return [*(row for row in old if subject(row) not in taken and stays(row)), *new]


def _whole(line: Mapping[str, str | None]) -> bool:
    """Whether a line has a cell under each heading: one that is being written doesn't yet."""
    return None not in line.values()


def _listed(values: Any) -> Any:
    if isinstance(values, Words):
        return values.spelt()
    return values.tolist() if isinstance(values, np.ndarray) else values


def _stored(values: Any, column: Column) -> Any:
    """Return a column as Arrow has it."""
    import pyarrow as pa

    if isinstance(values, Words):
        found = pa.DictionaryArray.from_arrays(pa.array(values.codes), pa.array(values.words))
        return found if column.parquet == "words" else found.cast(pa.string())
    if column.parquet == "words":
        return pa.array(values, pa.string()).dictionary_encode()
    if column.decimals is not None:
        values = [round(value, column.decimals) for value in values]
    return pa.array(values, pa.type_for_alias(column.parquet))


def _column(stored: Any, column: Column) -> Any:
    """Return a column of Arrow as `Words` or an array."""
    if column.parquet not in {"string", "words"}:
        return stored.to_numpy()
    whole = stored.combine_chunks().dictionary_encode()
    return Words(whole.indices.to_numpy(), tuple(whole.dictionary.to_pylist()))
