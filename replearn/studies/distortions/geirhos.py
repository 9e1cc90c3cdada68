"""Does a network break as the paper's ResNet-50 does? (Geirhos et al. 2018)"""

import time
from dataclasses import dataclass

from replearn.core.progress import Progress, silent
from replearn.core.statistics import Proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.published import fine_tuning_matrix
from replearn.distortions import load_distortion
from replearn.distortions.stack import NOTHING, Layer, Stack
from replearn.results.stamp import Stamp
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.distorted_answers import asked_about
from replearn.studies.answering.kept_trials import drawn_from, trials_at
from replearn.studies.distortions.published_points import MEASURED_AT
from replearn.studies.distortions.robustness import PICTURES, points_of

NETWORK = "A1"  # the paper's ResNet-50, trained on colour pictures
GREY = Stack((Layer("greyscale", 1.0),))
# what comes before a distortion, where it isn't greyscale alone
BEFORE = {"greyscale": NOTHING, "uniform-noise": GREY.then("contrast", 0.3)}


@dataclass(frozen=True)
class GeirhosRow:
    """One distortion at the level that the paper measured.

    Attributes:
        name: as the published table has it; "colour" is the untouched picture.
        level: of ours, with its unit.
        accuracy: ours.
        published: the paper's ResNet-50, 16 classes, from 0 to 1.
    """

    name: str
    level: str
    accuracy: Proportion
    published: float


@dataclass(frozen=True)
class GeirhosComparison:
    """A model's fall beside the paper's.

    Attributes:
        rows: in the paper's order.
        rank_correlation: Spearman's, between the two columns.
        stamp: where it comes from.
    """

    rows: tuple[GeirhosRow, ...]
    rank_correlation: float
    stamp: Stamp


def geirhos(
    dataset: str | Dataset,
    model: str = "imagenet",
    pictures: int | None = PICTURES,
    seed: int = 0,
    progress: Progress = silent,
) -> GeirhosComparison:
    """Measure a model on nine of the paper's manipulations, as it made them, and compare ranks.

    All but the first two are on top of greyscale, and uniform noise on top of a contrast of 30 %
    as well. The paper chose among 16 classes: accuracies can't be compared, their order can.

    Args:
        dataset: labelled photographs.
        model: one that knows their classes.
        pictures: how many, drawn at random; None takes all.
        seed: of the draw and of the noise.
        progress: told after each batch.

    Raises:
        InputError: the data set has no labels, or a class is missing from the model.
        CapabilityError: the model can't answer.
    """
    from scipy.stats import spearmanr

    start = time.perf_counter()
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    asked = asked_about(model, data.name, data.class_names, progress)
    drawn = drawn_from(data, pictures, seed)
    table, rows = fine_tuning_matrix(), []
    conditions = {"colour": Condition("greyscale", 0.0)}
    conditions |= {
        row: Condition(name, level, BEFORE.get(name, GREY))
        for name, (row, level) in MEASURED_AT.items()
    }
    for name, condition in conditions.items():
        trials = trials_at(data, drawn, asked, [condition], progress)
        unit = load_distortion(condition.distortion).unit
        level = "untouched" if name == "colour" else f"{condition.level:g} ({unit})"
        rows.append(GeirhosRow(name, level, points_of(trials)[0].accuracy, table[name][NETWORK]))
    found = spearmanr([row.accuracy.value for row in rows], [row.published for row in rows])
    stamp = Stamp(
        asked.encoder.name,
        asked.encoder.fingerprint,
        time.perf_counter() - start,
        n=rows[0].accuracy.n,
        seed=seed,
        settings={"data": data.name, "classes": len(asked.answerer.classes)},
    )
    return GeirhosComparison(tuple(rows), float(found.statistic), stamp)
