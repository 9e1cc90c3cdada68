"""What does a cue conflict look like, and what was said of it? Some of the counted pictures."""

from collections.abc import Callable, Mapping

import numpy as np

from replearn.data.base import Dataset, samples
from replearn.results.shape import ConflictPicture, CueAnswer, ShapeBias
from replearn.studies.shape.shape_bias import conflicts

SHOWN = 6


def conflict_pictures(
    biases: Mapping[str, ShapeBias], data: Dataset | None = None, count: int = SHOWN
) -> tuple[ConflictPicture, ...]:
    """Return the first picture of each form with every model's answer.

    They are chosen by their form alone, whatever was answered.

    Args:
        biases: of models that were asked about the same pictures.
        data: those pictures; left out, `shapes` in conflict.
        count: how many forms.
    """
    by_picture: dict[str, dict[str, CueAnswer]] = {}
    for model, bias in biases.items():
        for one in bias.answers:
            by_picture.setdefault(one.id, {})[model] = one
    first: dict[str, dict[str, CueAnswer]] = {}
    for answers in by_picture.values():
        first.setdefault(next(iter(answers.values())).shape, answers)
    opened = _by_id(data) if data is not None else _scene_of(conflicts())
    return tuple(_pictured(opened, answers) for answers in list(first.values())[:count])


def _by_id(data: Dataset) -> Callable[[str], np.ndarray]:
    pictures = {one.id: one.image for one in samples(data)}
    return lambda identity: np.asarray(pictures[identity])


def _scene_of(data: Dataset) -> Callable[[str], np.ndarray]:
    return lambda identity: np.asarray(data[int(identity.rpartition("-")[2])].image)


def _pictured(
    opened: Callable[[str], np.ndarray], answers: dict[str, CueAnswer]
) -> ConflictPicture:
    one = next(iter(answers.values()))
    return ConflictPicture(opened(one.id), one.shape, one.textures, answers)
