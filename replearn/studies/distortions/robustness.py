"""When does it break? Accuracy over the levels of a distortion (Geirhos et al. 2018)."""

import time
from collections.abc import Sequence

from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.distortions import load_distortion
from replearn.results.distortions import RobustnessCurve, RobustnessPoint, Trial
from replearn.results.stamp import Stamp
from replearn.studies.answering.conditions import Condition, levels_of
from replearn.studies.answering.distorted_answers import asked_about
from replearn.studies.answering.kept_trials import drawn_from, trials_at

PICTURES = 200  # enough for an interval of at most 0.14


def robustness(
    dataset: str | Dataset = "emoji",
    model: str = "photo-clip",
    distortion: str = "uniform-noise",
    levels: Sequence[float] | None = None,
    seed: int = 0,
    pictures: int | None = PICTURES,
    progress: Progress = silent,
) -> RobustnessCurve:
    """Return a data set's accuracy over the levels of a distortion: shipped, kept, or computed.

    Args:
        dataset: a name or a labelled data set.
        model: one that reads text, or whose head knows the data set's classes.
        distortion: an entry of `replearn.distortions.DISTORTIONS`.
        levels: in the distortion's own unit; None takes its own.
        seed: of the draw of pictures and of the noise.
        pictures: how many, drawn at random; None takes all.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: the data set has no labels, a class is missing from the model, a name doesn't
            exist, or a level is out of range.
        CapabilityError: the model can't answer.

    Example:
        >>> robustness("shapes", "shapes-supervised", "rotation", [0, 90]).points[0].accuracy.n
        200
    """
    start = time.perf_counter()
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    conditions = [Condition(distortion, level) for level in levels_of(distortion, levels)]
    asked = asked_about(model, data.name, data.class_names, progress)
    trials = trials_at(data, drawn_from(data, pictures, seed), asked, conditions, progress)
    stamp = Stamp(
        asked.encoder.name,
        asked.encoder.fingerprint,
        time.perf_counter() - start,
        n=len({trial.id for trial in trials}),
        seed=seed,
        settings={"data": data.name, "distortion": distortion, **asked.answerer.said},
    )
    unit, chance = load_distortion(distortion).unit, 1 / len(asked.answerer.classes)
    return RobustnessCurve(distortion, unit, data.name, chance, points_of(trials), stamp)


def points_of(trials: Sequence[Trial]) -> tuple[RobustnessPoint, ...]:
    """Count the rows of one model and distortion into an accuracy with its interval per level."""
    by_level: dict[float, list[bool]] = {}
    for trial in trials:
        by_level.setdefault(trial.level, []).append(trial.label == trial.prediction)
    return tuple(
        RobustnessPoint(level, proportion(sum(right), len(right)))
        for level, right in by_level.items()
    )
