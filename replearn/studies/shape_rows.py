"""What the lab's networks answered about form and texture: the rows that ship."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.results import Stamp
from replearn.core.shape_results import (
    RENDITIONS,
    CueAnswer,
    RenditionAccuracy,
    ShapeBias,
)
from replearn.core.statistics import proportion
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.studies.renditions import rendition_answers
from replearn.studies.shape_bias import count, shape_bias

MODELS = (
    "shapes-supervised",
    "shapes-bagnet",
    "shapes-texture-tied",
    "shapes-supcon",
    "shapes-simclr",
    "shapes-multiview",
    "shapes-clip",
)
PICTURES = 500  # of each rendition
CONFLICT = "cue conflict"
COLUMNS = ("model", "fingerprint", "kind", "id", "shape", "textures", "answer")


@dataclass(frozen=True)
class ShapeRow:
    """One answer.

    Attributes:
        model, fingerprint: who answered.
        kind: a rendition, or "cue conflict".
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


def shipped_shape_rows() -> Path:
    """Return where the rows ship."""
    return asset_path("shape-texture", "rows.parquet")


def make_shape_rows(
    models: Sequence[str] = MODELS, progress: Progress = silent
) -> tuple[ShapeRow, ...]:
    """Ask the lab's networks about each rendition of `shapes` and about its cue conflict."""
    rows: list[ShapeRow] = []
    for name in models:
        fingerprint = load_model(name).fingerprint
        found = rendition_answers(Shapes("test", size=PICTURES), name, RENDITIONS, progress)
        rows += [
            ShapeRow(name, fingerprint, kind, one.id, one.label or "", "", one.prediction)
            for kind, answers in found.items()
            for one in answers
        ]
        rows += [
            ShapeRow(
                name, fingerprint, CONFLICT, one.id, one.shape, " ".join(one.textures), one.answer
            )
            for one in shape_bias("shapes", name, progress).answers
        ]
    return tuple(rows)


def write_shape_rows(rows: Sequence[ShapeRow], path: Path) -> None:
    """Write rows as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: [getattr(row, name) for row in rows] for name in COLUMNS}
    pq.write_table(pa.table(columns), path, compression="zstd", compression_level=15)


def read_shape_rows(path: Path) -> tuple[ShapeRow, ...]:
    """Read what `write_shape_rows` wrote.

    Raises:
        InputError: there is no such file.
    """
    import pyarrow.parquet as pq

    if not path.exists():
        raise InputError("The rows of form and texture aren't here; python -m replearn assets.")
    table = pq.read_table(path)
    columns = [table[name].to_pylist() for name in COLUMNS]
    return tuple(ShapeRow(*values) for values in zip(*columns, strict=True))


def rendition_accuracies(rows: Sequence[ShapeRow]) -> tuple[RenditionAccuracy, ...]:
    """Count rows into an accuracy for each model and rendition."""
    right: dict[tuple[str, str], list[bool]] = {}
    for row in rows:
        if row.kind != CONFLICT:
            right.setdefault((row.model, row.kind), []).append(row.answer == row.shape)
    return tuple(
        RenditionAccuracy(model, kind, proportion(sum(one), len(one)))
        for (model, kind), one in right.items()
    )


def shape_biases(rows: Sequence[ShapeRow]) -> dict[str, ShapeBias]:
    """Count rows into each model's shape bias."""
    by_model: dict[str, list[ShapeRow]] = {}
    for row in rows:
        if row.kind == CONFLICT:
            by_model.setdefault(row.model, []).append(row)
    return {
        model: count(
            [CueAnswer(r.id, r.shape, tuple(r.textures.split()), r.answer) for r in one],
            Stamp(model, one[0].fingerprint, 0.0, n=len(one), settings={"data": "shapes"}),
        )
        for model, one in by_model.items()
    }
