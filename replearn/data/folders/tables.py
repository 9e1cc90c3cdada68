"""Read a table of pictures, CSV, JSON Lines or Parquet, as texts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from replearn.core.errors import InputError
from replearn.data.folders.cells import PATH, Record, text_of
from replearn.data.folders.columns import is_file_name
from replearn.data.folders.csv_file import read_csv
from replearn.data.folders.parquet import read_parquet

TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".parquet")


@dataclass(frozen=True)
class Table:
    """A table that names pictures, or holds them.

    Attributes:
        name: of its file, relative to the folder, with forward slashes.
        records: its lines, each column -> text ("" where nothing stands).
        split: that its pictures belong to, or "".
        holds: the column that holds the pictures themselves, or "".
        class_names: column -> the classes that its labels are, in order, where the table says so.
    """

    name: str
    records: list[Record]
    split: str = ""
    holds: str = ""
    class_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The folder it lies in, relative to the data set's, or ""."""
        return self.name.rpartition("/")[0]


def read_table(root: Path, name: str, split: str = "") -> Table:
    """Read a table.

    Args:
        root: the data set's folder.
        name: of the file, relative to it.
        split: that its pictures belong to.

    Raises:
        InputError: the table is damaged, has no lines, or is Parquet and pyarrow isn't installed.
    """
    path = root / name
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        found = read_parquet(path)
        table = Table(name, found.records, split, found.holds, found.class_names)
    else:
        table = Table(name, _read_json(path) if suffix == ".jsonl" else _records(path), split)
    if not table.records:
        raise InputError(f"{path.name} has no lines; write one line for each picture.")
    return table


def _records(path: Path) -> list[Record]:
    lines = read_csv(path)
    if not lines:
        return []
    headings, rows = lines[0], lines[1:]
    if any(map(is_file_name, headings)):
        headings, rows = _own_headings(headings), lines
    # cells beyond the last column belong to nothing
    return [
        {name: line[at] if at < len(line) else "" for at, name in enumerate(headings)}
        for line in rows
    ]


def _own_headings(first: list[str]) -> list[str]:
    """Return headings for a table without: path, label, and numbers for the rest."""
    at = next(i for i, cell in enumerate(first) if is_file_name(cell))
    others = [i for i in range(len(first)) if i != at]
    names = {at: PATH} | {i: f"column {i + 1}" for i in others}
    if others:
        names[others[0]] = "label"
    return [names[i] for i in range(len(first))]


def _read_json(path: Path) -> list[Record]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        found = [json.loads(line) for line in lines if line.strip()]
        records = [{str(k): text_of(v) for k, v in line.items()} for line in found]
    except (ValueError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path.name} isn't readable JSON Lines; write an object on each line, for example "
            '{"file_name": "a.jpg", "label": "cat"}.'
        ) from error
    names = dict.fromkeys(name for record in records for name in record)
    return [{name: record.get(name, "") for name in names} for record in records]
