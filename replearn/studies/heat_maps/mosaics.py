"""Pictures that a model is sure of, and 2 x 2 mosaics of them (Boehle et al. 2021)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.seeds import generator
from replearn.data.base import Dataset, Sample
from replearn.data.opening import readable
from replearn.studies.answering.class_questions import ClassQuestions

SURE = 0.9  # least probability
BATCH = 16
CELLS = 4


@dataclass(frozen=True, eq=False)
class SurePicture:
    """A picture as the network sees it, and the class that it is sure of."""

    image: Image.Image
    index: int
    id: str


@dataclass(frozen=True, eq=False)
class Mosaic:
    """Four pictures of four classes; `indices` go row by row."""

    image: Image.Image
    indices: tuple[int, ...]
    id: str


def sure_pictures(
    dataset: Dataset, classes: ClassQuestions, count: int, seed: int, progress: Progress = silent
) -> list[SurePicture]:
    """Return up to `count` pictures whose class a model names rightly, at least 90 % sure.

    Pictures that can't be opened are left out.

    Where the data set's labels aren't the model's classes, the model's own answer is taken.

    Raises:
        InputError: the model is sure of no picture.
    """
    encoder = classes.encoder
    order = generator(seed, "pictures").permutation(len(dataset))
    found: list[SurePicture] = []
    for rows in batches(order.tolist(), BATCH):
        some = list(readable(dataset, rows))
        if not some:
            continue
        logits = classes.logits([sample.image for sample in some])
        powers = np.exp(logits - logits.max(1, keepdims=True))
        sure = powers.max(1) / powers.sum(1)
        for sample, share, index in zip(some, sure, logits.argmax(1), strict=True):
            if share >= SURE and _truth(sample, dataset, classes) in {None, int(index)}:
                found.append(SurePicture(encoder.preview(sample.image), int(index), sample.id))
        progress(min(len(found), count), count, "pictures that the model is sure of")
        if len(found) >= count:
            break
    if not found:
        raise InputError(
            f"{encoder.name} is sure of no picture of {dataset.name}; choose another data set."
        )
    return found[:count]


def _truth(sample: Sample, dataset: Dataset, classes: ClassQuestions) -> int | None:
    """Return the picture's class as the model counts, where it is known."""
    if dataset.class_names == classes.names:
        return sample.label
    number = sample.meta.get("class_index", "")
    return int(number) if number.isdigit() else None


def mosaics(pictures: Sequence[SurePicture]) -> Iterator[Mosaic]:
    """Yield mosaics of four classes each; every picture is used once, and some are left over."""
    waiting = list(pictures)
    while True:
        chosen: dict[int, SurePicture] = {}
        for picture in waiting:
            if picture.index not in chosen and len(chosen) < CELLS:
                chosen[picture.index] = picture
        if len(chosen) < CELLS:
            return
        waiting = [picture for picture in waiting if picture not in chosen.values()]
        cells = list(chosen.values())
        yield Mosaic(
            joined([cell.image for cell in cells]),
            tuple(chosen),
            "+".join(cell.id for cell in cells),
        )


def joined(images: Sequence[Image.Image]) -> Image.Image:
    """Return four square pictures of one size, two by two."""
    side = images[0].width
    found = Image.new("RGB", (2 * side, 2 * side))
    for number, image in enumerate(images):
        found.paste(image, (number % 2 * side, number // 2 * side))
    return found
