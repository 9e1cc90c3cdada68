"""What the lab's networks answer about form and texture: rows made, and rows counted."""

from collections.abc import Sequence

from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.results.rows.shape import ShapeRow
from replearn.results.shape import (
    RENDITIONS,
    CueAnswer,
    RenditionAccuracy,
    ShapeBias,
)
from replearn.results.stamp import Stamp
from replearn.studies.shape.renditions import rendition_answers
from replearn.studies.shape.shape_bias import count, shape_bias

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
