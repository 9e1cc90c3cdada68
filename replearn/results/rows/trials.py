"""Rows of a sweep on disk: Parquet or CSV."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from replearn.core.errors import InputError
from replearn.results.distortions import Trial
from replearn.results.rows import Column, Table

TABLE = Table(
    (
        *(Column(name, "words") for name in ("id", "model", "fingerprint", "distortion")),
        Column("level", "double", parse=float),
        Column("seed", "int64", parse=int),
        *(Column(name, "words") for name in ("label", "prediction")),
        # three digits are what 200 pictures can tell; fewer bits pack better
        Column("confidence", "float", decimals=3, text=".4f", parse=float),
    ),
    level=19,
)


def write_trials(
    trials: Sequence[Trial], path: Path, about: Mapping[str, str | int] | None = None
) -> None:
    """Write rows, as CSV where the name ends so, else as Parquet with zstd.

    Args:
        trials: the rows.
        path: of the file; folders above it are made.
        about: kept in a Parquet file's metadata.
    """
    TABLE.write_rows(trials, path, about or {})


def read_trials(path: Path, distortion: str | None = None) -> list[Trial]:
    """Read rows that `write_trials` wrote, of one distortion or of all.

    Raises:
        InputError: the file can't be read.
    """
    only = {} if distortion is None else {"distortion": distortion}
    try:
        return TABLE.read_rows(Trial, path, **only)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} holds no rows of a sweep ({error}).") from error
