"""Models asked about distorted pictures: the next batch is distorted while a network runs."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.core.seeds import seed_for
from replearn.distortions.base import to_image
from replearn.encoders.base import Encoder, Pixels
from replearn.encoders.registry import load_model
from replearn.results.distortions import Trial
from replearn.studies.answering.answerer import Answerer, answerer_for
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.shown_pictures import ShownPictures

BATCH = 32
AHEAD = 2  # batches that are being distorted while one is in the network


@dataclass(frozen=True, eq=False)
class Asked:
    """A model that knows all classes of a data set."""

    encoder: Encoder
    answerer: Answerer

    def spelt(self, label: str) -> str:
        """Return a data set's class as the model writes it."""
        return next(name for name in self.answerer.classes if name.casefold() == label.casefold())


def asked_about(
    model: str, data: str, class_names: Sequence[str], progress: Progress = silent
) -> Asked:
    """Open a model that can choose among a data set's classes.

    Args:
        model: its name.
        data: the data set's name, for the message.
        class_names: of the data set.
        progress: told while class names are encoded for the first time.

    Raises:
        InputError: the data set has no labels, or a class is missing from the model's head.
        CapabilityError: the model can't answer at all.
    """
    encoder = load_model(model)
    classes_of(encoder, data, class_names)
    return Asked(encoder, answerer_for(encoder, tuple(class_names), Question(), progress))


def classes_of(encoder: Encoder, data: str, class_names: Sequence[str]) -> tuple[str, ...]:
    """Return what a model chooses from when it is asked about a data set.

    Raises:
        InputError: the data set has no labels, or a class is missing from the model's head.
        CapabilityError: the model can't answer at all.
    """
    if not class_names:
        raise InputError(f"{data} has no labels; accuracy needs a labelled data set.")
    if "text" in encoder.card.capabilities:
        return tuple(class_names)
    classes = encoder.class_names
    known = {name.casefold() for name in classes}
    unknown = [name for name in class_names if name.casefold() not in known]
    if unknown:
        raise InputError(
            f"{len(unknown)} of the {len(class_names)} classes of {data} are missing from "
            f"{encoder.name}, for example {unknown[0]!r}; choose a model that reads text, or one "
            f"trained on {data}."
        )
    return classes


def distorted_trials(
    pictures: ShownPictures,
    conditions: Sequence[Condition],
    models: Sequence[Asked],
    seed: int,
) -> Iterator[list[Trial]]:
    """Yield the rows of each batch of pictures under each condition, all models together.

    Args:
        pictures: what is shown.
        conditions: in order; every picture sees all of them.
        models: who is asked.
        seed: each picture has its own noise, from this and its id.
    """
    # pictures of one size stand together, so that they are distorted together
    order = sorted(range(len(pictures)), key=lambda i: pictures.values[i].shape)
    starts = range(0, len(order), BATCH)
    work = [(condition, order[at : at + BATCH]) for condition in conditions for at in starts]
    queue: deque[tuple[Condition, list[int], Future[list[Pixels]]]] = deque()
    with ThreadPoolExecutor(AHEAD) as pool:
        try:
            for condition, rows in work:
                job = pool.submit(_prepared, pictures, rows, condition, models, seed)
                queue.append((condition, rows, job))
                if len(queue) > AHEAD:
                    yield _answered(pictures, *queue.popleft(), models, seed)
            while queue:
                yield _answered(pictures, *queue.popleft(), models, seed)
        finally:
            for _, _, job in queue:
                job.cancel()


def distorted_pictures(
    pictures: ShownPictures, rows: Sequence[int], condition: Condition, seed: int
) -> list[Image.Image]:
    """Return some of the pictures, distorted; those of one size are worked on together."""
    found: dict[int, Image.Image] = {}
    for shape in dict.fromkeys(pictures.values[row].shape for row in rows):
        same = [row for row in rows if pictures.values[row].shape == shape]
        values = np.stack([pictures.values[row] for row in same]).astype(np.float32)
        values /= 255
        seeds = [seed_for(seed, pictures.ids[row]) for row in same]
        for row, one in zip(same, condition.apply_values(values, seeds), strict=True):
            found[row] = to_image(one)
    return [found[row] for row in rows]


def _prepared(
    pictures: ShownPictures,
    rows: Sequence[int],
    condition: Condition,
    models: Sequence[Asked],
    seed: int,
) -> list[Pixels]:
    distorted = distorted_pictures(pictures, rows, condition, seed)
    return [asked.answerer.preprocess(distorted) for asked in models]


def _answered(
    pictures: ShownPictures,
    condition: Condition,
    rows: Sequence[int],
    job: "Future[list[Pixels]]",
    models: Sequence[Asked],
    seed: int,
) -> list[Trial]:
    trials = []
    for asked, pixels in zip(models, job.result(), strict=True):
        probabilities: npt.NDArray[np.float32] = asked.answerer.run(pixels)  # (n, k)
        best = probabilities.argmax(1)
        for row, answer, confidence in zip(rows, best, probabilities.max(1).tolist(), strict=True):
            trials.append(
                Trial(
                    id=pictures.ids[row],
                    model=asked.encoder.name,
                    fingerprint=asked.encoder.fingerprint,
                    distortion=condition.name,
                    level=condition.level,
                    seed=seed,
                    label=asked.spelt(pictures.labels[row]),
                    prediction=asked.answerer.classes[int(answer)],
                    confidence=confidence,
                )
            )
    return trials
