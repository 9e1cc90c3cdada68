"""The table of models by factors that ships: how it is made, kept and read."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.invariance_results import (
    EMBEDDING,
    Equivariance,
    Invariance,
    InvarianceCurve,
    LayerEquivariance,
)
from replearn.core.progress import Progress, silent
from replearn.core.results import Stamp
from replearn.core.statistics import Estimate, Proportion
from replearn.data.shapes.dataset import Shapes
from replearn.studies.equivariance import MOVES, equivariance
from replearn.studies.invariance import PICTURES, SEED, InvarianceOptions, watch
from replearn.studies.invariance_factors import FACTORS, TABLE
from replearn.studies.invariance_trials import measured

LAB = (
    "shapes-untrained",
    "shapes-supervised",
    "shapes-supcon",
    "shapes-simclr",
    "shapes-multiview",
    "shapes-clip",
)
MODELS = ("pixels", *LAB, "photo-clip", "imagenet")
MAPS = 50  # pictures behind the equivariance of layers
_CURVES = ("cosine", "probability", "accuracy")
_MEANS = ("area", "rescaled", "accuracy_area")
_MOVED = ("standing", "returned", "pooled", "area", "rescaled")


@dataclass(frozen=True)
class ShippedInvariance:
    """What the file holds.

    Attributes:
        dataset, n, seed: the pictures behind the curves.
        factors: name to curves.
        moves: (factor, model) to the equivariance of its layers.
    """

    dataset: str
    n: int
    seed: int
    factors: dict[str, Invariance]
    moves: dict[tuple[str, str], Equivariance]


def shipped_invariance_path() -> Path:
    """Return the file that ships."""
    return asset_path("invariance", "shapes.jsonl")


def build_invariance(
    out: Path | None = None,
    models: Sequence[str] = MODELS,
    n: int = PICTURES,
    progress: Progress = silent,
) -> Path:
    """Measure all models under all factors on test pictures of `shapes`, and write the file.

    About six minutes on two cores.

    Args:
        out: the file; None takes the one that ships.
        models: names.
        n: pictures.
        progress: told as the work goes.

    Raises:
        InputError: the file can't be written.
    """
    data = Shapes("test", SEED, n)
    layered = [name for name in models if name in LAB]
    options = InvarianceOptions(n=n, layers=bool(layered))
    found, watched = watch(data, models, options, progress, layered)
    lines = [{"dataset": data.name, "n": n, "seed": SEED}]
    for name in TABLE:
        factor = FACTORS[name]
        levels = tuple(map(float, factor.levels))
        for trial in measured(found, factor, levels, watched, progress):
            lines.append({"factor": name, **_written(trial.curve())})
    for name in models:
        for factor_name in MOVES if name != "pixels" else ():
            moved = equivariance(data, factor_name, name, n=min(n, MAPS), progress=progress)
            lines += [{"move": factor_name, **_written(layer)} for layer in moved.layers]
    path = out or shipped_invariance_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error
    return path


def _written(one: InvarianceCurve | LayerEquivariance) -> dict[str, Any]:
    """Return a curve as plain data, each mean as [value, low, high, n]."""
    if isinstance(one, InvarianceCurve) and one.layer != EMBEDDING:
        one = replace(one, cosine=(), probability=(), accuracy=())  # its areas are enough
    return {key: _short(value) for key, value in asdict(one).items()}


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return [_short(part) for part in value.values()]
    if isinstance(value, list | tuple):
        return [_short(part) for part in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def read_invariance(path: Path | None = None) -> ShippedInvariance | None:
    """Return what a file of `build_invariance` holds; None where there is none.

    Raises:
        InputError: the file can't be read as such.
    """
    place = path or shipped_invariance_path()
    if not place.exists():
        return None
    try:
        lines = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
        return _read(lines)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(f"{place} can't be read ({error}); make it anew.") from error


def _read(lines: list[dict[str, Any]]) -> ShippedInvariance:
    made = lines[0]
    curves: dict[str, list[InvarianceCurve]] = {}
    layers: dict[tuple[str, str], list[LayerEquivariance]] = {}
    for line in lines[1:]:
        if "factor" in line:
            curves.setdefault(line.pop("factor"), []).append(_curve(line))
        else:
            key = (line.pop("move"), line["model"])
            layers.setdefault(key, []).append(_layer(line))
    where = {"data": f"{made['dataset']}, test", "rows": shipped_invariance_path().name}
    factors = {
        name: Invariance(
            name,
            FACTORS[name].unit,
            FACTORS[name].identity,
            made["dataset"],
            tuple(found),
            (),
            Stamp("all models", "", 0, made["n"], made["seed"], {"factor": name, **where}),
        )
        for name, found in curves.items()
    }
    moves = {
        (name, model): Equivariance(
            name,
            FACTORS[name].unit,
            made["dataset"],
            tuple(found),
            Stamp(model, "", 0, found[0].area.n, SEED, {"factor": name, **where}),
        )
        for (name, model), found in layers.items()
    }
    return ShippedInvariance(made["dataset"], made["n"], made["seed"], factors, moves)


def _curve(line: dict[str, Any]) -> InvarianceCurve:
    means = {key: None if line[key] is None else Estimate(*line[key]) for key in _MEANS}
    estimates = {key: tuple(Estimate(*one) for one in line[key]) for key in _CURVES[:2]}
    accuracy = tuple(Proportion(*one) for one in line["accuracy"])
    levels = {key: tuple(line[key]) for key in ("levels", "positions")}
    return InvarianceCurve(**{**line, **means, **estimates, **levels, "accuracy": accuracy})


def _layer(line: dict[str, Any]) -> LayerEquivariance:
    curves = {key: tuple(Estimate(*one) for one in line[key]) for key in _MOVED[:3]}
    means = {key: Estimate(*line[key]) for key in _MOVED[3:]}
    return LayerEquivariance(**{**line, **curves, **means, "levels": tuple(line["levels"])})
