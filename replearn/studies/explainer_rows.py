"""The benchmark's trials on disk: one row each, those that ship beside the package."""

import csv
import dataclasses
from collections.abc import Sequence
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.benchmark_results import MethodTrial
from replearn.core.errors import InputError

_FIELDS = [field.name for field in dataclasses.fields(MethodTrial)]


def shipped_explainer_trials() -> Path:
    """Return the file that ships."""
    return asset_path("benchmarks", "explainers.csv")


def read_explainer_trials(path: Path) -> list[MethodTrial]:
    """Return a file's trials; none where there is no file.

    Raises:
        InputError: the file can't be read as trials.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [
                MethodTrial(**{**row, "seed": int(row["seed"]), "value": float(row["value"])})  # type: ignore[arg-type]
                for row in csv.DictReader(file)
            ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} can't be read as trials ({error}); run it again.") from error


def write_explainer_trials(trials: Sequence[MethodTrial], path: Path) -> None:
    """Write trials into a file, in the place of older ones.

    Of the same model, data set, method and measure only the new ones stay, and of a model whose
    weights have changed nothing else does: several runs make one table, whatever their order.

    Raises:
        InputError: the file can't be written.
    """
    new = {_subject(trial) for trial in trials}
    weights = {trial.model: trial.fingerprint for trial in trials}
    kept = [
        one
        for one in read_explainer_trials(path)
        if _subject(one) not in new and weights.get(one.model, one.fingerprint) == one.fingerprint
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_FIELDS)
            for trial in (*kept, *trials):
                row = dataclasses.astuple(trial)
                writer.writerow([*row[:-1], f"{row[-1]:.5g}"])
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error


def _subject(trial: MethodTrial) -> tuple[str, ...]:
    return trial.model, trial.dataset, trial.method, trial.measure
