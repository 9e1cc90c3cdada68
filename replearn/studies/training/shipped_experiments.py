"""Experiments that the figures of the shipped models answer at once."""

import json

from replearn.core.assets import asset_path
from replearn.core.progress import Progress
from replearn.results.rows.training import read_rows
from replearn.results.training import Reading
from replearn.studies.training.compared_readings import larger, largest, of_share, of_text
from replearn.studies.training.predict import Experiment, Measured

CURVE_TEST = 1000  # pictures behind a shipped curve's accuracies
SETTINGS = "shapes, test, seed 7; linear probe; figures of the models' cards"


def _probe(model: str, factor: str) -> tuple[Reading, float]:
    """Return how well a linear probe reads a factor off a shipped model, and chance."""
    text = asset_path(model, "metrics.json").read_text(encoding="utf-8")
    found = json.loads(text)["factors"][factor]
    return of_text(f"{factor} from {model}", found["probe"]), float(found["chance"])


def _shortcut(progress: Progress) -> Measured:  # noqa: ARG001
    readings = tuple(_probe("shapes-simclr", factor)[0] for factor in FACTORS)
    return Measured(largest(readings), readings, SETTINGS)


def _thrown_away(progress: Progress) -> Measured:  # noqa: ARG001
    with_labels, without = (
        _probe(model, "colour")[0] for model in ("shapes-supcon", "shapes-simclr")
    )
    return Measured(larger(with_labels, without), (with_labels, without), SETTINGS)


def _no_negatives(progress: Progress) -> Measured:  # noqa: ARG001
    siamese, chance = _probe("shapes-simsiam", "solid")
    simclr = _probe("shapes-simclr", "solid")[0]
    guessed = Reading("always the commonest solid", chance, chance, chance, siamese.n)
    above = siamese.low > chance
    answer = int(above) + int(above and larger(siamese, simclr) == 0)
    return Measured(answer, (guessed, siamese, simclr), SETTINGS)


def _flat_loss(progress: Progress) -> Measured:  # noqa: ARG001
    rows = [row for row in read_rows(asset_path("shapes-simclr")) if row.probe is not None]
    third = next(row for row in rows if row.epoch >= 3)
    readings = tuple(
        of_share(f"round {row.epoch:.0f}, loss {row.loss:.2f}", row.probe or 0.0, CURVE_TEST)
        for row in (third, rows[-1])
    )
    # more in the last round than in the third is the first choice
    answer = {0: 1, 1: 0, 2: 2}[larger(*readings)]
    return Measured(answer, readings, "shapes-simclr's rows.csv: linear probe of the solid, test")


FACTORS = ("solid", "colour", "backdrop", "texture")
SHORTCUT = Experiment(
    question="SimCLR saw two crops of each picture and no labels. Which factor can be read best "
    "from what it learnt?",
    choices=("the solid", "its colour", "the backdrop", "its texture"),
    expected="The backdrop: two crops of one picture share it, and it suffices to find the other "
    "view among all others. What the loss doesn't need fades, even if it is what we care about "
    "(feature suppression, Chen et al. 2021).",
    unit="accuracy of a linear probe",
    measure=_shortcut,
)
THROWN_AWAY = Experiment(
    question="SupCon was told the solids; SimCLR was told nothing. From which can the colour be "
    "read better?",
    choices=("from SupCon", "from SimCLR", "alike: the intervals overlap"),
    expected="From SimCLR: labels of solids draw together pictures of every colour, so colour is "
    "thrown away; without labels colour helps to tell pictures apart (Khosla et al. 2020).",
    unit="accuracy of a linear probe",
    measure=_thrown_away,
)
NO_NEGATIVES = Experiment(
    question="SimSiam has no negatives: giving every picture the same vector would make its loss "
    "perfect. How well are solids read from it?",
    choices=(
        "at chance: it collapsed",
        "above chance, no better than from SimCLR",
        "better than from SimCLR",
    ),
    expected="Above chance: the stop-gradient and the predictor keep it from collapsing (Chen and "
    "He 2021). In the same short time it has learnt less than SimCLR.",
    unit="accuracy of a linear probe",
    measure=_no_negatives,
)
FLAT_LOSS = Experiment(
    question="SimCLR's loss falls fastest in its first three of twelve rounds, slowly afterwards. "
    "What do its features do, from the third round to the last?",
    choices=(
        "they go on getting better",
        "they get worse",
        "nothing: the intervals overlap",
    ),
    expected="They go on getting better: the loss of a contrastive run is a poor measure of "
    "progress, so that a probe belongs beside it.",
    unit="accuracy of a linear probe",
    measure=_flat_loss,
)
