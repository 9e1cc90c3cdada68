"""A model's answers to the pictures of a data set as rows of a file, with what is known of each."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.results.rows import Column, Table, about_file

NUMBERS = (
    Column("row", "int32"),
    Column("truth", "int32"),
    Column("said", "int32"),
    Column("confidence", "float32", decimals=3),
)
_ABOUT = "answers"


def shipped_answers_file(data: str, model: str) -> Path:
    """Return where the answers of a model ship."""
    plain = "".join(c if c.isalnum() else "-" for c in f"{data}-{model}")
    return asset_path("groups", f"{plain}.parquet")


def write_answer_rows(values: Mapping[str, Any], about: Mapping[str, Any], path: Path) -> None:
    """Write columns: those of `NUMBERS`, and the data set's own, each of texts.

    Args:
        values: column -> n values.
        about: what the file says of itself.
        path: of a .parquet file.
    """
    texts = (Column(name, "words") for name in values if name not in _names())
    Table((*NUMBERS, *texts)).write(values, path, {_ABOUT: json.dumps(about)})


def read_answer_rows(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns, and what the file says of itself.

    Raises:
        InputError: there is no such file.
    """
    about = about_file(path)
    if _ABOUT not in about:
        raise InputError(f"{path.name} isn't here; python -m replearn assets --groups.")
    said: dict[str, Any] = json.loads(about[_ABOUT])
    texts = (Column(name, "words") for name in said["columns"])
    return Table((*NUMBERS, *texts)).read(path), said


def _names() -> set[str]:
    return {column.name for column in NUMBERS}
