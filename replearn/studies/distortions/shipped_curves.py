"""The rows of accuracy under distortion that ship."""

from dataclasses import dataclass, replace

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.settings import from_environment
from replearn.data import load_dataset
from replearn.distortions import DISTORTIONS
from replearn.encoders.registry import load_model
from replearn.results.distortions import Trial
from replearn.results.rows.trials import write_trials
from replearn.studies.answering.kept_trials import FOLDER, drawn_from, shipped_trials
from replearn.studies.distortions.robustness import PICTURES
from replearn.studies.distortions.sweep import sweep
from replearn.studies.distortions.sweep_choice import SweepChoice

GEIRHOS = tuple(DISTORTIONS)[:10]  # those of the paper


@dataclass(frozen=True)
class ShippedCurves:
    """Rows of some models on a data set.

    Attributes:
        dataset: its name.
        models: those that can answer about it.
        distortions: names.
    """

    dataset: str
    models: tuple[str, ...]
    distortions: tuple[str, ...] = tuple(DISTORTIONS)


SHIPPED_CURVES = (
    ShippedCurves("shapes", ("shapes-supervised", "shapes-simclr", "shapes-supcon", "shapes-clip")),
    ShippedCurves("shapes", ("shapes-bagnet",), ("patch-shuffle",)),
    ShippedCurves("photos", ("photo-clip",)),
    ShippedCurves("emoji", ("emoji-clip",)),
    ShippedCurves("emoji", ("photo-clip",), GEIRHOS),
)


def build_curves(progress: Progress = silent) -> None:
    """Compute all rows anew, a file for each data set and model; takes about ten minutes."""
    for path in asset_path(FOLDER).glob("*"):
        path.unlink()
    for curves in SHIPPED_CURVES:
        build_curves_of(curves, progress)


def shipped_curves(dataset: str, model: str) -> ShippedCurves:
    """Return what ships of one model on a data set.

    Raises:
        InputError: nothing ships of it.
    """
    for curves in SHIPPED_CURVES:
        if curves.dataset == dataset and model in curves.models:
            return replace(curves, models=(model,))
    pairs = [f"{one.dataset} {name}" for one in SHIPPED_CURVES for name in one.models]
    raise InputError(f"No curve of {model} on {dataset} ships; choose one of {', '.join(pairs)}.")


def build_curves_of(curves: ShippedCurves, progress: Progress = silent) -> None:
    """Compute the rows of some models; work that was stopped goes on where it was."""
    data = load_dataset(curves.dataset)
    drawn = drawn_from(data, PICTURES, 0)
    choice = SweepChoice(curves.models, curves.distortions, PICTURES, 0)
    kept = from_environment().cache_dir / FOLDER / f"{curves.dataset}-{curves.models[0]}.parquet"
    by_model: dict[str, list[Trial]] = {}
    for trial in sweep(data, choice, kept, progress):
        by_model.setdefault(trial.model, []).append(trial)
    kept.unlink()
    place = {name: at for at, name in enumerate(DISTORTIONS)}
    for model, trials in by_model.items():
        # columns that change seldom pack well
        trials.sort(key=lambda one: (place[one.distortion], one.level, one.id))
        write_trials(trials, shipped_trials(curves.dataset, load_model(model)), drawn.about())
