"""Tables in Parquet, and the pictures that those of the Hugging Face hub hold inside."""

import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError
from replearn.data.folders.cells import PATH, Record, text_of
from replearn.data.folders.columns import OURS

BYTES = "bytes"  # of a picture, in a column that also holds its path
LARGEST_GROUP = 2 << 30  # bytes of pictures that are read together


@dataclass(frozen=True)
class ParquetTable:
    """What stands beside the pictures.

    Attributes:
        records: the lines.
        holds: the column of the pictures themselves, or "".
        class_names: column -> the classes that its numbers stand for.
    """

    records: list[Record]
    holds: str
    class_names: Mapping[str, tuple[str, ...]]


def read_parquet(path: Path) -> ParquetTable:
    """Read a table; pictures inside stay where they are.

    Raises:
        InputError: pyarrow isn't installed, or the file is damaged.
    """
    library = _library(path)
    try:
        with library.ParquetFile(path) as file:
            schema = file.schema_arrow
            holds = _held(schema)
            class_names = _class_names(schema)
            plain = [name for name in schema.names if name != holds and not _is_bytes(schema, name)]
            lines = file.read(columns=plain).to_pylist() if plain else [{}] * file.metadata.num_rows
            paths = _paths(file, schema, holds)
    except DAMAGED as error:
        raise InputError(f"{path.name} isn't a readable Parquet file; save it again.") from error
    records = [
        {str(name): _said(cell, class_names.get(name)) for name, cell in line.items()}
        for line in lines
    ]
    for record, inside in zip(records, paths, strict=False):
        record[holds] = inside
    return ParquetTable(records, holds, class_names)


class ParquetPictures:
    """The pictures inside a Parquet file, read group by group.

    Args:
        path: of the file.
        column: that holds them.
    """

    def __init__(self, path: Path, column: str) -> None:
        self._path, self._column = path, column
        self._group: tuple[int, list[Any]] = (-1, [])
        self._starts: list[int] = []
        self._lock = Lock()

    def bytes_at(self, row: int) -> bytes:
        """Return a picture's file.

        Raises:
            InputError: it isn't there, or the file is damaged or written in too large groups.
        """
        with self._lock:
            try:
                cell = self._cell(row)
            except DAMAGED as error:
                raise InputError(
                    f"{self._path.name} isn't a readable Parquet file; save it again."
                ) from error
        found = cell.get(BYTES) if isinstance(cell, dict) else cell
        if not isinstance(found, bytes):
            raise InputError(f"{self._path.name} holds no picture in row {row + 1}; delete it.")
        return found

    def _cell(self, row: int) -> Any:
        import pyarrow.parquet

        with pyarrow.parquet.ParquetFile(self._path) as file:
            if not self._starts:
                groups = range(file.num_row_groups)
                sizes = [file.metadata.row_group(i).num_rows for i in groups]
                self._starts = [sum(sizes[:i]) for i in groups]
            group = max(i for i, start in enumerate(self._starts) if start <= row)
            if self._group[0] != group:
                if file.metadata.row_group(group).total_byte_size > LARGEST_GROUP:
                    raise InputError(
                        f"{self._path.name} keeps more than 2 GB of pictures together; write it "
                        "again with smaller row groups, for example of 100 rows."
                    )
                cells = file.read_row_group(group, columns=[self._column])
                self._group = (group, cells.column(self._column).to_pylist())
        return self._group[1][row - self._starts[group]]


def _library(path: Path) -> Any:
    try:
        return importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError(
            f"Reading {path.name} needs the package pyarrow; "
            "run pip install pyarrow, or save the table as labels.csv."
        ) from error


def _is_bytes(schema: Any, name: str) -> bool:
    from pyarrow import types

    kind = schema.field(name).type
    if types.is_struct(kind) and kind.get_field_index(BYTES) >= 0:
        kind = kind.field(BYTES).type
    return bool(types.is_binary(kind) or types.is_large_binary(kind))


def _held(schema: Any) -> str:
    """Return the column of pictures; a table that names files holds none."""
    if any(name in schema.names for name in OURS):
        return ""
    return next((str(name) for name in schema.names if _is_bytes(schema, name)), "")


def _paths(file: Any, schema: Any, holds: str) -> list[str]:
    """Return what the pictures inside are called; "" where nothing is said."""
    from pyarrow import types

    if not holds:
        return []
    kind = schema.field(holds).type
    count = int(file.metadata.num_rows)
    if not types.is_struct(kind) or kind.get_field_index(PATH) < 0:
        return [""] * count
    cells = file.read(columns=[f"{holds}.{PATH}"]).column(holds).to_pylist()
    return [text_of(cell.get(PATH)) if cell else "" for cell in cells]


def _class_names(schema: Any) -> dict[str, tuple[str, ...]]:
    """Return the names behind numbers, as the hub's library writes them into a file."""
    try:
        notes = json.loads((schema.metadata or {})[b"huggingface"])
        features = notes["info"]["features"]
        return {
            str(column): tuple(map(str, kind["names"]))
            for column, kind in features.items()
            if kind.get("_type") == "ClassLabel"
        }
    except (KeyError, ValueError, TypeError, AttributeError):
        return {}


def _said(cell: object, names: tuple[str, ...] | None) -> str:
    if names and isinstance(cell, int):
        return names[cell] if 0 <= cell < len(names) else ""
    return text_of(cell)
