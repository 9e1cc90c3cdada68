"""The table of models by factors as a file: one line for each curve, written and read."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.statistics import Estimate, Proportion
from replearn.results.invariance import (
    EMBEDDING,
    Equivariance,
    Invariance,
    InvarianceCurve,
    LayerEquivariance,
)
from replearn.results.stamp import Stamp
from replearn.studies.invariance.factors import FACTORS

_CURVES = ("cosine", "probability", "accuracy")
_MEANS = ("area", "rescaled", "accuracy_area")
_MOVED = ("standing", "returned", "pooled", "area", "rescaled")


@dataclass(frozen=True)
class ShippedInvariance:
    """What a file holds.

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


def write_invariance(lines: Sequence[dict[str, Any]], path: Path) -> None:
    """Write lines of `curve_line` and `layer_line` behind their heading.

    Raises:
        InputError: the file can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return a file's lines, the heading first; none where there is no file.

    Raises:
        InputError: the file can't be read as such.
    """
    if not path.exists():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path} can't be read ({error}); make it anew.") from error


def curve_line(factor: str, one: InvarianceCurve) -> dict[str, Any]:
    """Return a curve as plain data, each mean as [value, low, high, n]; of a layer its areas."""
    if one.layer != EMBEDDING:
        one = replace(one, cosine=(), probability=(), accuracy=())
    return {"factor": factor, **_plain(one)}


def layer_line(move: str, one: LayerEquivariance) -> dict[str, Any]:
    """Return a layer's equivariance as plain data."""
    return {"move": move, **_plain(one)}


def _plain(one: InvarianceCurve | LayerEquivariance) -> dict[str, Any]:
    exact = {"levels", "positions"}
    return {key: v if key in exact else _short(v) for key, v in asdict(one).items()}


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return [_short(part) for part in value.values()]
    if isinstance(value, list | tuple):
        return [_short(part) for part in value]
    return float(f"{value:.3g}") if isinstance(value, float) else value


def read_invariance(path: Path | None = None) -> ShippedInvariance | None:
    """Return what a file holds; None where there is none.

    Raises:
        InputError: the file can't be read as such.
    """
    place = path or shipped_invariance_path()
    lines = read_lines(place)
    try:
        return _read(lines) if lines else None
    except (ValueError, KeyError, TypeError, IndexError) as error:
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
            Stamp(model, "", 0, found[0].area.n, made["seed"], {"factor": name, **where}),
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
