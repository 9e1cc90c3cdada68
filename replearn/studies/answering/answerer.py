"""A model ready to answer about many pictures, by its own head or by prompts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.classifiers.zero_shot import softmax
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder, Picture, Pixels
from replearn.results.many_pictures import Prediction
from replearn.store.encoded import encode_stream
from replearn.studies.answering.prompts import encode_prompts


@dataclass(frozen=True, eq=False)
class Answerer:
    """A model ready to answer about pictures.

    Attributes:
        classes: the answers to choose from.
        preprocess: pictures to pixels.
        run: pixels to probabilities, (n, k).
        said: what the stamp should say of it.
    """

    classes: tuple[str, ...]
    preprocess: Callable[[Sequence[Picture]], Pixels]
    run: Callable[[Pixels], npt.NDArray[np.float32]]
    said: dict[str, str | int]


def predictions(
    data: Dataset, answerer: Answerer, progress: Progress = silent
) -> Iterator[Prediction | str]:
    """Yield a row per picture, or the sentence that says which picture can't be opened."""
    known: dict[int, tuple[str | None, str, Mapping[str, str]]] = {}  # by the decoding threads

    def opener(position: int) -> Callable[[], Image.Image]:
        def opened() -> Image.Image:
            try:
                sample = data[position]
            except InputError as error:
                known[position] = (None, str(error), {})
                raise
            label = None if sample.label is None else data.class_names[sample.label]
            known[position] = (label, sample.id, sample.meta)
            return sample.image

        return opened

    total = len(data)
    openers = (opener(position) for position in range(total))
    stream = encode_stream(openers, answerer.preprocess, answerer.run)
    for position, probabilities in enumerate(stream):
        progress(position, total, "pictures")
        label, identity, meta = known.pop(position)
        if probabilities is None:
            yield identity
            continue
        best, second = _two_best(probabilities)
        yield Prediction(
            id=identity,
            label=label,
            prediction=answerer.classes[best],
            confidence=float(probabilities[best]),
            second=answerer.classes[second],
            second_confidence=float(probabilities[second]),
            row=position,
            meta=meta,
        )
    progress(total, total, "pictures")


def _two_best(probabilities: npt.NDArray[np.float32]) -> tuple[int, int]:
    order = np.argsort(-probabilities, kind="stable")
    return int(order[0]), int(order[min(1, len(order) - 1)])


def answerer_for(
    encoder: Encoder, class_names: tuple[str, ...], options: Question, progress: Progress
) -> Answerer:
    """Return how a model answers: by its own head, or by comparing with labels as sentences."""
    if "text" not in encoder.card.capabilities and options.labels is None:
        return Answerer(
            encoder.class_names,
            encoder.preprocess,
            lambda pixels: softmax(encoder.outputs(pixels)),
            {"answers from": "its own head"},
        )
    labels = options.labels or class_names
    prompt_set = encode_prompts(encoder, labels, options.templates, options.null_prompt, progress)
    used = encoder.temperature if options.temperature is None else options.temperature
    classifier = prompt_set.classifier(used)
    return Answerer(
        prompt_set.labels,
        encoder.preprocess,
        lambda pixels: classifier.predict(encoder.embed_pixels(pixels)),
        {"templates": prompt_set.vectors.shape[1], "tau": f"{used:.3g}"},
    )


def answerer_about(
    encoder: Encoder, data: Dataset, options: Question, progress: Progress = silent
) -> tuple[Answerer, dict[str, int]]:
    """Return a model that can be right about a data set, and where each class is among its answers.

    Returns:
        The answerer, and a class's name in small letters -> its place among the answers.

    Raises:
        InputError: the data set has no labels, or one that isn't among the answers.
        CapabilityError: the model can't choose at all.
    """
    if not data.class_names:
        raise InputError(
            f"{data.name} has no labels; put the pictures in one folder per class, or add a "
            "labels.csv, or let the model suggest labels."
        )
    answerer = answerer_for(encoder, data.class_names, options, progress)
    places = {name.casefold(): i for i, name in enumerate(answerer.classes)}
    unknown = [name for name in data.class_names if name.casefold() not in places]
    if unknown and options.labels is None:
        raise InputError(
            f"{encoder.name} doesn't know {len(unknown)} of the classes of {data.name} "
            f"({', '.join(unknown[:5])}); choose a model that reads text, or one trained on them."
        )
    if unknown:
        raise InputError(
            f"{len(unknown)} of the data set's classes are not among the labels offered: "
            f"{', '.join(unknown[:5])}; add them or use the data set's own class names."
        )
    return answerer, places
