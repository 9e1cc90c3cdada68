"""When does it break? Accuracy over the levels of a distortion (Geirhos et al. 2018)."""

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.results import RobustnessCurve, RobustnessPoint, Stamp
from replearn.core.statistics import proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset, Sample
from replearn.distortions import load_distortion
from replearn.distortions.base import Distortion
from replearn.encoders.registry import load_model
from replearn.studies.evaluate import LabelOptions, answerer_for, predictions

COLUMNS = ("id", "distortion", "level", "seed", "label", "prediction", "confidence")


@dataclass(frozen=True)
class Trial:
    """One picture at one level: a row of the file that a curve is drawn from."""

    id: str
    distortion: str
    level: float
    seed: int
    label: str
    prediction: str
    confidence: float


class _DistortedDataset:
    """A data set seen through a distortion; picture i gets its own noise from (seed, i)."""

    def __init__(self, data: Dataset, method: Distortion, level: float, seed: int) -> None:
        self.name = data.name
        self.class_names = data.class_names
        self._data, self._method, self._level, self._seed = data, method, level, seed

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, index: int) -> Sample:
        sample = self._data[index]
        image = self._method.apply(sample.image, self._level, self._seed + index)
        return Sample(image, sample.label, sample.caption, sample.id, sample.meta)

    def fingerprint(self) -> str:
        return f"{self._data.fingerprint()}-{self._method.name}-{self._level}-{self._seed}"


def run_trials(
    dataset: str | Dataset,
    distortion: str,
    model: str = "photo-clip",
    levels: Sequence[float] | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> list[Trial]:
    """Predict every labelled picture of a data set at every level.

    Raises:
        InputError: the data set has no labels, or a name doesn't exist.
        CapabilityError: the model can't choose among the data set's classes.
    """
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    if not data.class_names:
        raise InputError(f"{data.name} has no labels; accuracy needs a labelled data set.")
    method = load_distortion(distortion)
    encoder = load_model(model)
    answerer = answerer_for(encoder, data.class_names, LabelOptions(), progress)
    chosen = tuple(levels or method.levels)
    trials = []
    for number, level in enumerate(chosen):
        seen = _DistortedDataset(data, method, level, seed)
        inner = _part_of(progress, number, len(chosen), f"{distortion} {level:g}")
        for row in predictions(seen, answerer, inner):
            if not isinstance(row, str) and row.label is not None:
                trials.append(
                    Trial(
                        row.id, distortion, level, seed, row.label, row.prediction, row.confidence
                    )
                )
    return trials


def _part_of(
    progress: Progress, part: int, parts: int, what: str
) -> Callable[[int, int, str], None]:
    return lambda done, total, _: progress(part * total + done, parts * total, what)


def curve(
    trials: Sequence[Trial], dataset: str, classes: int, unit: str, stamp: Stamp
) -> RobustnessCurve:
    """Count rows into one accuracy with its interval per level; chance is one over the classes."""
    by_level: dict[float, list[bool]] = {}
    for trial in trials:
        by_level.setdefault(trial.level, []).append(trial.label == trial.prediction)
    points = tuple(
        RobustnessPoint(level, proportion(sum(right), len(right)))
        for level, right in by_level.items()
    )
    return RobustnessCurve(trials[0].distortion, unit, dataset, 1 / classes, points, stamp)


def robustness(
    dataset: str = "emoji",
    distortion: str = "uniform-noise",
    model: str = "photo-clip",
    seed: int = 0,
    progress: Progress = silent,
) -> RobustnessCurve:
    """Return a data set's accuracy over the levels of a distortion: shipped rows, or computed.

    Raises:
        InputError: the data set has no labels, or a name doesn't exist.
        CapabilityError: the model can't choose among the data set's classes.
    """
    data = load_dataset(dataset)
    encoder = load_model(model)
    start = time.perf_counter()
    path = shipped_trials(dataset, model)
    trials = [t for t in read_trials(path) if t.distortion == distortion] if path.exists() else []
    origin = path.name if trials else "computed"
    if not trials:
        trials = run_trials(data, distortion, model, seed=seed, progress=progress)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len({trial.id for trial in trials}),
        seed=seed,
        settings={"data": dataset, "distortion": distortion, "rows": origin},
    )
    return curve(trials, dataset, len(data.class_names), load_distortion(distortion).unit, stamp)


def shipped_trials(dataset: str, model: str) -> Path:
    """Return where the rows of a data set and model ship, whether or not they do."""
    return asset_path("robustness", f"{dataset}-{load_model(model).fingerprint[:16]}.csv")


def write_trials(trials: Sequence[Trial], path: Path) -> None:
    """Write rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for t in trials:
            writer.writerow(
                [t.id, t.distortion, t.level, t.seed, t.label, t.prediction, f"{t.confidence:.3f}"]
            )


def read_trials(path: Path) -> list[Trial]:
    """Read rows that `write_trials` wrote."""
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Trial(
                row["id"],
                row["distortion"],
                float(row["level"]),
                int(row["seed"]),
                row["label"],
                row["prediction"],
                float(row["confidence"]),
            )
            for row in csv.DictReader(file)
        ]
