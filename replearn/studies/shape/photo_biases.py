"""Photographs in conflict as they are made, and what several networks say of them so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from replearn.core.progress import Progress, silent
from replearn.results.shape import ShapeBias
from replearn.studies.shape.photo_conflicts import PhotoConflict, PhotoConflicts, growing_conflicts
from replearn.studies.shape.restyled import StyleChoice
from replearn.studies.shape.shape_bias import count, shape_bias

# photo-clip has the layers of imagenet, through which the pictures are made; the third is another
MODELS = ("imagenet", "photo-clip", "imagenet-lite2")


@dataclass(frozen=True, eq=False)
class PhotoBiases:
    """Where the work is.

    Attributes:
        pictures: so far.
        biases: model -> its shape bias over these.
        total: how many pictures there will be.
    """

    pictures: PhotoConflicts
    biases: dict[str, ShapeBias]
    total: int


def growing_biases(
    pictures: int,
    models: Sequence[str] = MODELS,
    choice: StyleChoice | None = None,
    progress: Progress = silent,
) -> Iterator[PhotoBiases]:
    """Yield what is known after each picture.

    Args:
        pictures: how many.
        models: who is asked.
        choice: how pictures are made.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: there aren't so many pictures, or a model knows other classes.
        CapabilityError: a model can't choose among the categories.
    """
    made: list[PhotoConflict] = []
    biases: dict[str, ShapeBias] = {}
    for one in growing_conflicts(pictures, choice, progress):
        made.append(one)
        for model in models:
            biases[model] = _with(biases.get(model), shape_bias(PhotoConflicts([one]), model))
        yield PhotoBiases(PhotoConflicts(made), dict(biases), pictures)


def _with(known: ShapeBias | None, new: ShapeBias) -> ShapeBias:
    if known is None:
        return new
    answers = (*known.answers, *new.answers)
    seconds = known.stamp.seconds + new.stamp.seconds
    return count(answers, replace(new.stamp, seconds=seconds, n=len(answers)))
