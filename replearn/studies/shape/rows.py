"""What the lab's networks answer about form and texture: rows made, and rows counted."""

from collections.abc import Sequence

from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.results.rows.shape import ShapeRow, read_shape_rows, shipped_photo_rows
from replearn.results.shape import (
    RENDITIONS,
    CueAnswer,
    RenditionAccuracy,
    ShapeBias,
)
from replearn.results.stamp import Stamp
from replearn.studies.shape.photo_biases import MODELS as PHOTO_MODELS
from replearn.studies.shape.photo_conflicts import photo_conflicts
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
PHOTOGRAPHS = "photographs in conflict"
_DATA = {CONFLICT: "shapes", PHOTOGRAPHS: "photos"}


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
        rows += _rows(CONFLICT, shape_bias("shapes", name, progress))
    return tuple(rows)


def make_photo_rows(progress: Progress = silent) -> tuple[ShapeRow, ...]:
    """Ask networks of photographs about all photographs in conflict, which are made if need be."""
    pictures = photo_conflicts(progress=progress)
    return tuple(
        row for name in PHOTO_MODELS for row in _rows(PHOTOGRAPHS, shape_bias(pictures, name))
    )


def _rows(kind: str, bias: ShapeBias) -> list[ShapeRow]:
    of = (bias.stamp.model, bias.stamp.fingerprint, kind)
    return [
        ShapeRow(*of, one.id, one.shape, " ".join(one.textures), one.answer) for one in bias.answers
    ]


def photo_biases() -> dict[str, ShapeBias]:
    """Return the shipped shape bias of each network on photographs in conflict.

    Raises:
        InputError: the rows aren't here.
    """
    return shape_biases(read_shape_rows(shipped_photo_rows()), PHOTOGRAPHS)


def rendition_accuracies(rows: Sequence[ShapeRow]) -> tuple[RenditionAccuracy, ...]:
    """Count rows into an accuracy for each model and rendition."""
    right: dict[tuple[str, str], list[bool]] = {}
    for row in rows:
        if row.kind in RENDITIONS:
            right.setdefault((row.model, row.kind), []).append(row.answer == row.shape)
    return tuple(
        RenditionAccuracy(model, kind, proportion(sum(one), len(one)))
        for (model, kind), one in right.items()
    )


def shape_biases(rows: Sequence[ShapeRow], kind: str = CONFLICT) -> dict[str, ShapeBias]:
    """Count rows into each model's shape bias.

    Args:
        rows: of any kinds.
        kind: which of them count.
    """
    by_model: dict[str, list[ShapeRow]] = {}
    for row in rows:
        if row.kind == kind:
            by_model.setdefault(row.model, []).append(row)
    return {
        model: count(
            [CueAnswer(r.id, r.shape, tuple(r.textures.split()), r.answer) for r in one],
            Stamp(
                model,
                one[0].fingerprint,
                0.0,
                n=len(one),
                settings={"data": _DATA[kind]},
            ),
        )
        for model, one in by_model.items()
    }
