"""The curves of several models over one distortion, as far as they are known, and the rest."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.distortions import load_distortion
from replearn.distortions.stack import NOTHING, Stack
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.distortions import ModelCurve, RobustnessCurve
from replearn.results.stamp import Stamp
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.distorted_answers import asked_about, classes_of
from replearn.studies.answering.kept_trials import drawn_from, known_trials, trials_at
from replearn.studies.distortions.flips import flips
from replearn.studies.distortions.robustness import PICTURES, points_of

SECONDS_A_PICTURE = 0.001  # and as much again for each million parameters, on two cores
_measured: dict[str, float] = {}  # seconds a picture, once a model has answered


@dataclass(frozen=True)
class CurveQuestion:
    """What is asked of every model.

    Attributes:
        dataset: a data set's name.
        distortion: an entry of `DISTORTIONS`.
        before: distortions that come first.
        level: one more, beside the distortion's own; None for none.
        seed: of the draw of pictures and of the noise.
        pictures: how many are drawn.
    """

    dataset: str
    distortion: str
    before: Stack = NOTHING
    level: float | None = None
    seed: int = 0
    pictures: int | None = PICTURES

    def conditions(self) -> list[Condition]:
        """Return the distortion's own levels and the one that is asked for beside them.

        Raises:
            InputError: the level is out of range.
        """
        listed = load_distortion(self.distortion).levels
        extra = () if self.level is None or self.level in listed else (self.level,)
        return [Condition(self.distortion, level, self.before) for level in (*listed, *extra)]


def known_curve(question: CurveQuestion, model: str) -> ModelCurve:
    """Return what is known of a model's curve without asking it anything; it may have no points.

    Raises:
        InputError: a name doesn't exist, or the data set's classes are missing from the model.
        CapabilityError: the model can't answer.
    """
    return _known(question, load_dataset(question.dataset), load_model(model), 0.0)


def seconds_missing(question: CurveQuestion, model: str) -> float:
    """Return about how long the rest of a model's curve takes; 0 where nothing is missing.

    Raises:
        InputError: as `known_curve`.
        CapabilityError: the model can't answer.
    """
    known = {point.level for point in known_curve(question, model).curve.points}
    missing = [one for one in question.conditions() if one.level not in known]
    data, card = load_dataset(question.dataset), load_model(model).card
    pictures = min(len(data), question.pictures or len(data))
    guess = SECONDS_A_PICTURE * (1 + card.image_parameters / 1e6)
    return len(missing) * pictures * _measured.get(model, guess)


def computed_curves(
    question: CurveQuestion,
    model: str,
    levels: Sequence[float] | None = None,
    progress: Progress = silent,
) -> Iterator[ModelCurve]:
    """Yield a model's curve as it is, and then as it grows, level by level.

    Args:
        question: what is asked.
        model: who is asked.
        levels: only these of the question's; None takes all.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: as `known_curve`, or no picture has a label.
        CapabilityError: the model can't answer.
    """
    start = time.perf_counter()
    data = load_dataset(question.dataset)
    asked = asked_about(model, data.name, data.class_names, progress)
    drawn = drawn_from(data, question.pictures, question.seed)
    yield _known(question, data, asked.encoder, 0.0)
    for condition in question.conditions():
        wanted = levels is None or condition.level in levels
        if wanted and not known_trials(drawn, asked.encoder, condition):
            began = time.perf_counter()
            found = trials_at(data, drawn, asked, [condition], progress)
            _measured[model] = (time.perf_counter() - began) / len(found)
            yield _known(question, data, asked.encoder, time.perf_counter() - start)


def _known(question: CurveQuestion, data: Dataset, encoder: Encoder, seconds: float) -> ModelCurve:
    chance = 1 / len(classes_of(encoder, data.name, data.class_names))
    drawn = drawn_from(data, question.pictures, question.seed)
    conditions = question.conditions()
    trials = [t for condition in conditions for t in known_trials(drawn, encoder, condition)]
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        seconds,
        n=len({trial.id for trial in trials}),
        seed=question.seed,
        settings={"data": data.name, "distortion": conditions[0].name},
    )
    method = load_distortion(question.distortion)
    listed = [trial for trial in trials if trial.level in method.levels]
    whole = {trial.level for trial in listed} == set(method.levels)
    about = (conditions[0].name, method.unit, data.name, chance)
    return ModelCurve(
        RobustnessCurve(*about, points_of(trials), stamp),
        flips(listed) if whole else None,
        tuple(trials),
    )
