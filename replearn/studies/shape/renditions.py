"""Does it go by form or by texture? The five renditions of a picture, and who still knows it.

Geirhos et al. 2019, https://arxiv.org/abs/1811.12231.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.core.statistics import proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset, Sample
from replearn.data.images import open_image
from replearn.data.shapes.dataset import Shapes
from replearn.distortions import renditions as photographs
from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.results.many_pictures import Prediction
from replearn.results.shape import RENDITIONS, Rendition, RenditionAccuracy
from replearn.studies.answering.answered import answered
from replearn.studies.answering.answerer import answerer_for, predictions
from replearn.studies.answering.distorted_answers import classes_of
from replearn.studies.answering.working_size import working_size

BLOCK = 64  # scenes rendered together


def renditions(image: Picture) -> tuple[Rendition, ...]:
    """Return the five renditions of any picture, by a recipe without segmentation.

    Raises:
        InputError: the picture can't be opened.
    """
    made = photographs.renditions(working_size(open_image(image)))
    return tuple(
        Rendition(name, np.asarray(made[name]), photographs.RECIPES[name]) for name in RENDITIONS
    )


def scene_renditions(data: Shapes, row: int) -> tuple[Rendition, ...]:
    """Return the five renditions of one picture of `shapes`, exactly."""
    from replearn.data.shapes import renditions as exact

    made = exact.renditions(data.scenes(row, row + 1), data.side)
    return tuple(Rendition(name, made[name][0], exact.RECIPES[name]) for name in RENDITIONS)


class RenditionDataset:
    """A data set in one rendition: `shapes` exactly, others by the recipe for photographs.

    Args:
        data: the pictures.
        rendition: entry of `RENDITIONS`.

    Raises:
        InputError: there is no such rendition, or a scene has two objects.
    """

    def __init__(self, data: Dataset, rendition: str) -> None:
        if rendition not in RENDITIONS:
            raise InputError(
                f"There is no rendition {rendition!r}; choose one of {', '.join(RENDITIONS)}."
            )
        if isinstance(data, Shapes) and data.world.objects != 1:
            raise InputError("Renditions are of one object; take shapes with objects=1.")
        self.name, self.class_names = f"{data.name}, {rendition}", data.class_names
        self._data, self._rendition = data, rendition
        self._kept: tuple[int, np.ndarray] | None = None

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, index: int) -> Sample:
        """Open sample `index`, in this rendition."""
        sample = self._data[index]
        if isinstance(self._data, Shapes):
            image = Image.fromarray(self._scene(self._data, index))
        else:
            image = photographs.renditions(working_size(sample.image))[self._rendition]
        return Sample(image, sample.label, sample.caption, sample.id, sample.meta)

    def _scene(self, data: Shapes, index: int) -> np.ndarray:
        from replearn.data.shapes import renditions as exact

        block, row = divmod(index, BLOCK)
        kept = self._kept
        if kept is None or kept[0] != block:
            scenes = data.scenes(block * BLOCK, min((block + 1) * BLOCK, len(data)))
            kept = self._kept = (block, exact.renditions(scenes, data.side)[self._rendition])
        picture: np.ndarray = kept[1][row]
        return picture

    def fingerprint(self) -> str:
        """Return a fingerprint of the data and the rendition."""
        return fingerprint.of_parts([self._data.fingerprint(), self._rendition])


def rendition_answers(
    dataset: str | Dataset,
    model: str,
    names: Sequence[str] = RENDITIONS,
    progress: Progress = silent,
) -> dict[str, list[Prediction]]:
    """Ask a model about every labelled picture of a data set in each rendition.

    Raises:
        InputError: the data set has no labels, a class is missing from the model's head, or a
            name doesn't exist.
        CapabilityError: the model can't answer.
    """
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    if not data.class_names:
        raise InputError(f"{data.name} has no labels; accuracy needs a labelled data set.")
    encoder = load_model(model)
    classes = {name.casefold(): name for name in classes_of(encoder, data.name, data.class_names)}
    answerer = answerer_for(encoder, data.class_names, Question(), progress)
    return {
        name: [
            replace(row, label=classes[row.label.casefold()])
            for row in predictions(RenditionDataset(data, name), answerer, progress)
            if not isinstance(row, str) and row.label is not None
        ]
        for name in names
    }


def accuracies(model: str, answers: dict[str, list[Prediction]]) -> tuple[RenditionAccuracy, ...]:
    """Count answers into one accuracy with its interval for each rendition."""
    return tuple(
        RenditionAccuracy(model, name, proportion(sum(bool(r.correct) for r in rows), len(rows)))
        for name, rows in answers.items()
    )


def rendition_accuracy(
    dataset: str | Dataset = "shapes", model: str = "shapes-supervised", progress: Progress = silent
) -> tuple[RenditionAccuracy, ...]:
    """Return how often a model is right about each rendition of a data set.

    Raises:
        InputError: the data set has no labels, a class is missing from the model's head, or a
            name doesn't exist.
        CapabilityError: the model can't answer.
    """
    return accuracies(model, rendition_answers(dataset, model, progress=progress))


def renditions_answered(
    image: Picture, model: str, labels: Sequence[str] | Question | None = None
) -> tuple[tuple[Rendition, str, float], ...]:
    """Return the five renditions of a picture, each with a model's answer and its probability.

    Raises:
        InputError: the picture or a label can't be used.
        CapabilityError: the model can't answer.
    """
    encoder = load_model(model)
    found = []
    for one in renditions(image):
        answer = answered(encoder, Image.fromarray(one.picture), labels)
        best = int(answer.order[0])
        found.append((one, answer.labels[best], float(answer.probabilities[best])))
    return tuple(found)
