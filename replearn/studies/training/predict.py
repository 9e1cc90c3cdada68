"""What do you think will happen? A question, a prediction, and the run that answers it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import resolve
from replearn.results.training import Reading, Reveal

# name -> where it stands
EXPERIMENTS = {
    "temperature": "replearn.studies.training.live_experiments:TEMPERATURE",
    "labels": "replearn.studies.training.live_experiments:LABELS",
    "colour": "replearn.studies.training.live_experiments:COLOUR",
    "shortcut": "replearn.studies.training.shipped_experiments:SHORTCUT",
    "thrown-away": "replearn.studies.training.shipped_experiments:THROWN_AWAY",
    "no-negatives": "replearn.studies.training.shipped_experiments:NO_NEGATIVES",
    "flat-loss": "replearn.studies.training.shipped_experiments:FLAT_LOSS",
}


@dataclass(frozen=True)
class Measured:
    """What an experiment's measurement gives.

    Attributes:
        answer: which of the choices the readings bear out.
        readings: figures with intervals.
        settings: how they were measured.
    """

    answer: int
    readings: tuple[Reading, ...]
    settings: str


@dataclass(frozen=True)
class Experiment:
    """A question that a run, or a shipped model's figures, answers.

    Attributes:
        question: for a learner.
        choices: the answers to choose from.
        expected: what is expected and why, in words, with the paper.
        unit: of the readings.
        measure: does the work and reads the answer off the figures.
        cost: measures how many seconds the runs will take on this machine, in a fraction of
            them; None where the shipped figures answer at once.
    """

    question: str
    choices: tuple[str, ...]
    expected: str
    unit: str
    measure: Callable[[Progress], Measured]
    cost: Callable[[], float] | None = None


def experiment(name: str) -> Experiment:
    """Return an experiment by name.

    Raises:
        InputError: there is none of this name.
    """
    return cast(Experiment, resolve("experiment", name, EXPERIMENTS))


def reveal(name: str, predicted: int, progress: Progress = silent) -> Reveal:
    """Do an experiment and set what was measured beside the prediction.

    Args:
        name: an entry of `EXPERIMENTS`.
        predicted: the number of the choice, from 0.
        progress: told as a run goes; may raise `StoppedError`.

    Raises:
        InputError: there is no such experiment or choice.

    Example:
        >>> reveal("shortcut", 0).measured
        2
    """
    asked = experiment(name)
    if not 0 <= predicted < len(asked.choices):
        raise InputError(f"{name} has {len(asked.choices)} answers; choose one of them.")
    began = time.perf_counter()
    found = asked.measure(progress)
    return Reveal(
        question=asked.question,
        choices=asked.choices,
        predicted=predicted,
        measured=found.answer,
        readings=found.readings,
        unit=asked.unit,
        expected=asked.expected,
        settings=found.settings,
        seconds=time.perf_counter() - began,
    )
