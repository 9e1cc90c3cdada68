"""What does a cue conflict look like, and what was said of it? Some of the counted pictures."""

from collections.abc import Mapping

import numpy as np

from replearn.data.shapes.dataset import Shapes
from replearn.results.shape import ConflictPicture, CueAnswer, ShapeBias
from replearn.studies.shape.shape_bias import conflicts

SHOWN = 6


def conflict_pictures(
    biases: Mapping[str, ShapeBias], count: int = SHOWN
) -> tuple[ConflictPicture, ...]:
    """Return the first picture of each form with every model's answer.

    They are chosen by their form alone, whatever was answered.

    Args:
        biases: of models that were asked about `shapes`.
        count: how many forms.
    """
    by_picture: dict[str, dict[str, CueAnswer]] = {}
    for model, bias in biases.items():
        for one in bias.answers:
            by_picture.setdefault(one.id, {})[model] = one
    first: dict[str, dict[str, CueAnswer]] = {}
    for answers in by_picture.values():
        first.setdefault(next(iter(answers.values())).shape, answers)
    data = conflicts()
    return tuple(_pictured(data, answers) for answers in list(first.values())[:count])


def _pictured(data: Shapes, answers: dict[str, CueAnswer]) -> ConflictPicture:
    one = next(iter(answers.values()))
    row = int(one.id.rpartition("-")[2])
    return ConflictPicture(np.asarray(data[row].image), one.shape, one.textures, answers)
