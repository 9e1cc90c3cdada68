"""The explainers' benchmark on disk: a row for each trial; some ship beside the package."""

from collections.abc import Sequence
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.results.explainer_benchmark import MethodTrial
from replearn.results.rows import Column, Table, merged

TABLE = Table(
    (
        *(Column(name, "words") for name in ("model", "fingerprint", "dataset")),
        Column("seed", "int64", parse=int),
        *(Column(name, "words") for name in ("measure", "method", "item")),
        Column("value", "double", text=".5g", parse=float),
    ),
    line_end="\n",
)


def shipped_explainer_trials() -> Path:
    """Return the file that ships."""
    return asset_path("benchmarks", "explainers.parquet")


def read_explainer_trials(path: Path) -> list[MethodTrial]:
    """Return a file's trials; none where there is no file.

    Raises:
        InputError: the file can't be read as trials.
    """
    if not path.exists():
        return []
    try:
        return TABLE.read_rows(MethodTrial, path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} can't be read as trials ({error}); run it again.") from error


def write_explainer_trials(trials: Sequence[MethodTrial], path: Path) -> None:
    """Write trials into a file, in the place of older ones.

    Of the same model, data set, method and measure only the new ones stay, and of a model whose
    weights have changed nothing else does: several runs make one table, whatever their order.

    Raises:
        InputError: the file can't be written.
    """
    weights = {trial.model: trial.fingerprint for trial in trials}
    rows = merged(
        read_explainer_trials(path),
        trials,
        _subject,
        lambda one: weights.get(one.model, one.fingerprint) == one.fingerprint,
    )
    try:
        TABLE.write_rows(rows, path)
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error


def _subject(trial: MethodTrial) -> tuple[str, ...]:
    return trial.model, trial.dataset, trial.method, trial.measure
