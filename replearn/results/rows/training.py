"""The curve of a run: one row per measurement, in a CSV file that a plot reads while it grows."""

from pathlib import Path

from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError
from replearn.results.rows import Column, Table
from replearn.results.training import Row

FILE = "rows.csv"


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int:
    return int(float(text or 0))


_MEASURED = ("epoch", "loss", "alignment", "uniformity", "knn", "probe", "pictures_per_second")
TABLE = Table(
    (
        Column("step", "int64", text=".6g", parse=_whole),
        *(Column(name, "double", text=".6g", parse=_number) for name in _MEASURED),
    ),
    grows=True,
)


def append_row(folder: Path, row: Row) -> None:
    """Add a row to the run's file."""
    TABLE.append_row(row, folder / FILE)


def read_rows(folder: Path) -> list[Row]:
    """Return the rows so far; a line that is being written is left out.

    Raises:
        InputError: the file holds something else.
    """
    path = folder / FILE
    try:
        return TABLE.read_rows(Row, path) if path.exists() else []
    except DAMAGED as error:
        raise InputError(f"{path} isn't the curve of a run; remove it.") from error


def keep_rows(folder: Path, last_step: int) -> None:
    """Drop rows after a step: a run that goes on from a checkpoint measures them again."""
    kept = [row for row in read_rows(folder) if row.step <= last_step]
    if kept:
        TABLE.write_rows(kept, folder / FILE)
    else:
        (folder / FILE).unlink(missing_ok=True)
