"""Read a table of pictures, CSV or Parquet, as texts."""

import csv
import importlib
import math
from collections.abc import Mapping
from pathlib import Path

from replearn.core.errors import InputError

Record = dict[str, str]

TABLE_SUFFIXES = frozenset({".csv", ".parquet"})
_PATH_COLUMNS = ("path", "file")


def path_column(record: Mapping[str, str]) -> str | None:
    """Return which column holds the pictures' paths."""
    return next((name for name in _PATH_COLUMNS if name in record), None)


def read_table(path: Path) -> list[Record]:
    """Return the lines of a table, each a dict of column -> text ("" where nothing stands).

    Raises:
        InputError: the table is damaged, has no lines, isn't UTF-8, or is Parquet and pyarrow
            isn't installed.
    """
    records = _read_parquet(path) if path.suffix.lower() == ".parquet" else _read_csv(path)
    if not records:
        raise InputError(f"{path.name} has no lines; write one line for each picture.")
    return records


def _read_csv(path: Path) -> list[Record]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            # cells beyond the last column stand under None: they belong to nothing
            return [
                {name.strip(): _text(cell) for name, cell in line.items() if name is not None}
                for line in reader
            ]
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} isn't UTF-8 text; save it again as UTF-8.") from error
    except csv.Error as error:
        raise InputError(f"{path.name} isn't a readable CSV ({error}); save it again.") from error


def _read_parquet(path: Path) -> list[Record]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError(
            f"Reading {path.name} needs the package pyarrow; "
            "run pip install pyarrow, or save the table as labels.csv."
        ) from error
    try:
        lines = parquet.read_table(path).to_pylist()
    except ValueError as error:  # pyarrow's own errors derive from it
        raise InputError(f"{path.name} isn't a readable Parquet file; save it again.") from error
    return [{str(name): _text(cell) for name, cell in line.items()} for line in lines]


def _text(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return str(cell).strip()
