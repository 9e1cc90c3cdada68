"""Answers about form and texture as rows of a file: one for each picture and model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.results.rows import Column, Table


@dataclass(frozen=True)
class ShapeRow:
    """One answer.

    Attributes:
        model, fingerprint: who answered.
        kind: a rendition, "cue conflict" or "photographs in conflict".
        id: of the picture.
        shape: what it is, by its form.
        textures: whose texture it has, separated by spaces; empty for a rendition.
        answer: what was said.
    """

    model: str
    fingerprint: str
    kind: str
    id: str
    shape: str
    textures: str
    answer: str


_NAMES = ("model", "fingerprint", "kind", "id", "shape", "textures", "answer")
TABLE = Table(tuple(Column(name) for name in _NAMES))


def shipped_shape_rows() -> Path:
    """Return where the rows ship."""
    return asset_path("shape-texture", "rows.parquet")


def shipped_photo_rows() -> Path:
    """Return where the rows about photographs in conflict ship; the pictures don't."""
    return asset_path("shape-texture", "photographs.parquet")


def write_shape_rows(rows: Sequence[ShapeRow], path: Path) -> None:
    """Write rows as Parquet."""
    TABLE.write_rows(rows, path)


def read_shape_rows(path: Path) -> tuple[ShapeRow, ...]:
    """Read what `write_shape_rows` wrote.

    Raises:
        InputError: there is no such file.
    """
    if not path.exists():
        raise InputError("The rows of form and texture aren't here; python -m replearn assets.")
    return tuple(TABLE.read_rows(ShapeRow, path))
