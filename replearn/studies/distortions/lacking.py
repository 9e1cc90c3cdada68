"""What a sweep still lacks of some pictures: computed here, or by workers of a Ray cluster."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from replearn.core.errors import InputError
from replearn.core.ray_tasks import found_by_workers
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.results.distortions import Trial
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.distorted_answers import Asked, asked_about, distorted_trials
from replearn.studies.answering.shown_pictures import open_pictures
from replearn.studies.distortions.sweep_choice import SweepChoice

Key = tuple[str, str, float, str]  # a model's fingerprint, distortion, level and a picture


def key_of(trial: Trial) -> Key:
    """Return what tells a row from all others of a sweep."""
    return trial.fingerprint, trial.distortion, trial.level, trial.id


@dataclass(frozen=True, eq=False)
class Lacking:
    """Answers that aren't known yet.

    Attributes:
        data: where the pictures are.
        choice: what is swept over.
        models: those of the choice, opened.
        known: which answers are there.
    """

    data: Dataset
    choice: SweepChoice
    models: Sequence[Asked]
    known: frozenset[Key]

    def of(self, rows: Sequence[int]) -> Iterator[list[Trial]]:
        """Yield the rows that some pictures lack, batch by batch."""
        pictures = open_pictures(self.data, rows)

        def who_lacks(condition: Condition) -> tuple[int, ...]:
            return tuple(
                i
                for i, asked in enumerate(self.models)
                if any(
                    (asked.encoder.fingerprint, condition.name, condition.level, one)
                    not in self.known
                    for one in pictures.ids
                )
            )

        for who, some in groupby(self.choice.conditions(), who_lacks):
            asked = [self.models[i] for i in who]
            conditions = list(some) if asked else []
            for trials in distorted_trials(pictures, conditions, asked, self.choice.seed):
                yield [trial for trial in trials if key_of(trial) not in self.known]


@dataclass(frozen=True)
class _Shared:
    """What each worker opens for itself: the same data and models as here."""

    dataset: str
    state: str  # the data set's fingerprint
    choice: SweepChoice
    weights: tuple[str, ...]  # the models' fingerprints
    known: frozenset[Key]

    def open(self) -> Callable[[list[int]], list[Trial]]:
        data = load_dataset(self.dataset)
        models = [asked_about(name, data.name, data.class_names) for name in self.choice.models]
        weights = tuple(asked.encoder.fingerprint for asked in models)
        if (data.fingerprint(), weights) != (self.state, self.weights):
            raise InputError(
                f"A worker finds another version of {self.dataset} or of a model; give every "
                "computer the same files."
            )
        lacking = Lacking(data, self.choice, models, self.known)
        return lambda rows: [trial for some in lacking.of(rows) for trial in some]


def lacking_by_workers(lacking: Lacking, tasks: Sequence[Sequence[int]]) -> Iterator[list[Trial]]:
    """Yield what pictures lack, task by task, in whatever order it comes.

    Raises:
        ReplearnError: a worker can't do it; its own sentence is kept.
    """
    shared = _Shared(
        lacking.data.name,
        lacking.data.fingerprint(),
        lacking.choice,
        tuple(asked.encoder.fingerprint for asked in lacking.models),
        lacking.known,
    )
    yield from found_by_workers(functools.partial(_Shared.open, shared), tasks)
