"""Rows of a sweep on disk: Parquet, CSV, and the journal that a killed run goes on from."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from replearn.core.distortion_results import Trial
from replearn.core.errors import InputError

COLUMNS = tuple(field.name for field in fields(Trial))
ABOUT = b"replearn"


def write_trials(
    trials: Sequence[Trial], path: Path, about: Mapping[str, str | int] | None = None
) -> None:
    """Write rows, as CSV where the name ends so, else as Parquet with zstd.

    Args:
        trials: the rows.
        path: of the file; folders above it are made.
        about: kept in a Parquet file's metadata.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.writing")
    if path.suffix.lower() == ".csv":
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(map(_cells, trials))
    else:
        _write_parquet(trials, part, about or {})
    part.replace(path)


def _cells(trial: Trial) -> list[Any]:
    return [*astuple(trial)[:-1], f"{trial.confidence:.4f}"]


def _write_parquet(trials: Sequence[Trial], path: Path, about: Mapping[str, str | int]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = {"id", "model", "fingerprint", "distortion", "label", "prediction"}
    columns = {}
    for name in COLUMNS:
        values = [getattr(trial, name) for trial in trials]
        if name in texts:
            columns[name] = pa.array(values, pa.string()).dictionary_encode()
        elif name == "confidence":
            # three digits are what 200 pictures can tell; fewer bits pack better
            columns[name] = pa.array([round(value, 3) for value in values], pa.float32())
        else:
            columns[name] = pa.array(values, pa.int64() if name == "seed" else pa.float64())
    table = pa.table(columns).replace_schema_metadata({ABOUT: json.dumps(dict(about))})
    pq.write_table(table, path, compression="zstd", compression_level=19)


def read_trials(path: Path, distortion: str | None = None) -> list[Trial]:
    """Read rows that `write_trials` wrote, of one distortion or of all.

    Raises:
        InputError: the file can't be read.
    """
    try:
        if path.suffix.lower() == ".csv":
            with path.open(newline="", encoding="utf-8") as file:
                rows = list(_from_csv(file))
            return [row for row in rows if distortion in {None, row.distortion}]
        import pyarrow.parquet as pq

        wanted = None if distortion is None else [("distortion", "==", distortion)]
        table = pq.read_table(path, columns=list(COLUMNS), filters=wanted)
        columns = [table.column(name).to_pylist() for name in COLUMNS]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} holds no rows of a sweep ({error}).") from error
    return [Trial(*row) for row in zip(*columns, strict=True)]


def about_trials(path: Path) -> dict[str, Any]:
    """Return what `write_trials` kept in a Parquet file's metadata; empty where there is none."""
    import pyarrow.parquet as pq

    try:
        found: dict[str, Any] = json.loads((pq.read_schema(path).metadata or {}).get(ABOUT, b"{}"))
    except (OSError, ValueError):
        return {}
    return found


def _from_csv(lines: Iterable[str]) -> Iterator[Trial]:
    for row in csv.DictReader(lines):
        yield _from_row(row)


def _from_row(row: Mapping[str, str]) -> Trial:
    values: dict[str, Any] = {name: row[name] for name in COLUMNS}
    values |= {"level": float(row["level"]), "seed": int(row["seed"])}
    return Trial(**{**values, "confidence": float(row["confidence"])})


class Journal:
    """Rows as they come, appended to a file beside the one that is wanted.

    Args:
        path: of the file that is wanted.
        about: what the rows are of; a journal of something else isn't gone on with.

    Raises:
        InputError: there is a journal of something else.
    """

    def __init__(self, path: Path, about: Mapping[str, str | int]) -> None:
        self.path = path.with_name(f"{path.name}.part")
        self._about = json.dumps(dict(about), sort_keys=True)
        if self.path.exists() and self._first_line() != self._about:
            raise InputError(
                f"{self.path} was begun with other pictures or another seed; remove it, or "
                "give another --out."
            )

    def _first_line(self) -> str:
        with self.path.open(encoding="utf-8") as file:
            return file.readline().rstrip("\n")

    def read(self) -> list[Trial]:
        """Return the rows so far; a last line that a kill cut off is dropped."""
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8")
        whole, _, cut = text.rpartition("\n")
        if cut:
            self.path.write_text(f"{whole}\n", encoding="utf-8")
        return [
            Trial(**dict(zip(COLUMNS, json.loads(line), strict=True)))
            for line in whole.splitlines()[1:]
        ]

    def append(self, trials: Iterable[Trial]) -> None:
        """Add rows; they are on disk when this returns."""
        new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            if new:
                file.write(f"{self._about}\n")
            file.writelines(f"{json.dumps(astuple(trial))}\n" for trial in trials)

    def remove(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)
