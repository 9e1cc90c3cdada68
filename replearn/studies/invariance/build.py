"""The table of models by factors that ships, made model by model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from replearn.core.progress import Progress, silent
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.studies.invariance.class_reader import Reader
from replearn.studies.invariance.equivariance import MOVES, equivariance
from replearn.studies.invariance.factors import FACTORS, TABLE
from replearn.studies.invariance.invariance import InvarianceOptions, watch
from replearn.studies.invariance.models_at_work import look
from replearn.studies.invariance.pictures import Tested
from replearn.studies.invariance.shipped_table import (
    curve_line,
    layer_line,
    read_lines,
    shipped_invariance_path,
    write_invariance,
)
from replearn.studies.invariance.trials import Watched, measured

LAB = (
    "shapes-untrained",
    "shapes-supervised",
    "shapes-supcon",
    "shapes-simclr",
    "shapes-multiview",
    "shapes-clip",
)
MODELS = ("pixels", *LAB, "photo-clip", "imagenet")
MAPS = 50  # pictures behind the layers
Lines = list[dict[str, Any]]


def build_invariance(
    out: Path | None = None,
    models: Sequence[str] = MODELS,
    options: InvarianceOptions | None = None,
    progress: Progress = silent,
) -> Path:
    """Measure models under all factors on test pictures of `shapes`, and write the file.

    Lines of other models stay; a run that is stopped keeps the models that it has done. About ten
    minutes on two idle cores.

    Args:
        out: the file; None takes the one that ships.
        models: names.
        options: number of pictures, those a probe is fitted on, seed.
        progress: told as the work goes.

    Raises:
        InputError: there is no such model, or the file can't be written.
    """
    path = out or shipped_invariance_path()
    chosen = options or InvarianceOptions()
    data = Shapes("test", chosen.seed, chosen.n)
    heading = {"dataset": data.name, "n": chosen.n, "seed": chosen.seed}
    for name in models:
        found, (watched,) = watch(data, [name], chosen, progress)
        lines = _curves(found, watched, progress)
        if name in LAB:
            lines += _layers(name, found, progress)
        lines += _moves(name, data, min(chosen.n, MAPS), progress)
        before = read_lines(path)[1:]
        kept = [line for line in before if line["model"] != name]
        write_invariance([heading, *sorted([*kept, *lines], key=_place)], path)
    return path


def _place(line: dict[str, Any]) -> int:
    return MODELS.index(line["model"]) if line["model"] in MODELS else len(MODELS)


def _curves(found: Tested, watched: Watched, progress: Progress) -> Lines:
    return [
        curve_line(factor, trial.curve())
        for factor in TABLE
        for trial in measured(
            found, FACTORS[factor], tuple(map(float, FACTORS[factor].levels)), [watched], progress
        )
    ]


def _layers(name: str, found: Tested, progress: Progress) -> Lines:
    """Return the layers' areas over the first pictures; a layer alone gives no answer."""
    few = Tested(found.stack.take(slice(0, MAPS)), found.ids[:MAPS], None)
    seen = look(load_model(name), None)
    readers = dict.fromkeys(seen.names, Reader(None, (), "a layer alone gives no answer"))
    return [
        line
        for line in _curves(few, Watched(seen, readers), progress)
        if line["layer"] in seen.layers
    ]


def _moves(name: str, data: Shapes, n: int, progress: Progress) -> Lines:
    """Return the equivariance of a network's layers; nothing of what has none."""
    if not look(load_model(name), None).layers:
        return []
    return [
        layer_line(factor, layer)
        for factor in MOVES
        for layer in equivariance(data, factor, name, n=n, progress=progress).layers
    ]
