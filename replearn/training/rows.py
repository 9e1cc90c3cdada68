"""The curve of a run: one row per measurement, in a CSV file that a plot reads while it grows."""

import csv
import dataclasses
from pathlib import Path

from replearn.core.lab_results import Row

FILE = "rows.csv"


def append_row(folder: Path, row: Row) -> None:
    """Add a row to the run's file."""
    path = folder / FILE
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow([field.name for field in dataclasses.fields(Row)])
        writer.writerow(
            ["" if value is None else f"{value:.6g}" for value in dataclasses.astuple(row)]
        )


def read_rows(folder: Path) -> list[Row]:
    """Return the rows so far; a line that is being written is left out."""
    path = folder / FILE
    if not path.exists():
        return []
    rows = []
    with path.open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["pictures_per_second"] is None:
                continue
            numbers = {name: float(text) if text else None for name, text in line.items()}
            step = int(numbers.pop("step") or 0)
            rows.append(Row(step=step, **numbers))  # type: ignore[arg-type]
    return rows


def keep_rows(folder: Path, last_step: int) -> None:
    """Drop rows after a step: a run that goes on from a checkpoint measures them again."""
    kept = [row for row in read_rows(folder) if row.step <= last_step]
    (folder / FILE).unlink(missing_ok=True)
    for row in kept:
        append_row(folder, row)
