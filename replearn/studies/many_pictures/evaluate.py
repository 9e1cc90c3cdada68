"""How often is it right? A classifier on a data set, with its interval and its mistakes."""

import csv
import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.classifiers.zero_shot import softmax
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.core.statistics import proportion, reliability
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.telling import left_out_of, splits_used
from replearn.encoders.base import Encoder, Picture, Pixels
from replearn.encoders.registry import load_model
from replearn.results.many_pictures import Evaluation, Prediction
from replearn.results.stamp import Stamp
from replearn.store.encoded import encode_stream
from replearn.studies.zero_shot.zero_shot import encode_prompts


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


def evaluate(
    dataset: str | Dataset,
    model: str = "photo-clip",
    options: Question | None = None,
    progress: Progress = silent,
) -> Evaluation:
    """Predict every labelled picture of a data set.

    Args:
        dataset: a name (`folder:PATH`, `emoji`, ...) or a data set.
        model: a model with a text tower, or with a head that knows the data set's classes.
        options: labels, templates, temperature.
        progress: told after each picture; may raise `StoppedError`.

    Raises:
        InputError: no picture has a label, or a class isn't among the labels offered.
        CapabilityError: the model can do neither.
    """
    chosen = options or Question()
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    if not data.class_names:
        raise InputError(
            f"{data.name} has no labels; put the pictures in one folder per class, or add a "
            "labels.csv, or let the model suggest labels."
        )
    start = time.perf_counter()
    encoder = load_model(model)
    answerer = answerer_for(encoder, data.class_names, chosen, progress)
    classes = answerer.classes
    index = {name.casefold(): i for i, name in enumerate(classes)}
    unknown = [name for name in data.class_names if name.casefold() not in index]
    if unknown:
        raise InputError(
            f"{len(unknown)} of the data set's classes are not among the labels offered: "
            f"{', '.join(unknown[:5])}; add them or use the data set's own class names."
        )
    rows: list[Prediction] = []
    unreadable = [*left_out_of(data)]
    confusion = np.zeros((len(classes), len(classes)), np.int64)
    for row in predictions(data, answerer, progress):
        if isinstance(row, str):
            unreadable.append(row)
        elif row.label is not None:
            true = index[row.label.casefold()]
            confusion[true, index[row.prediction.casefold()]] += 1
            rows.append(replace(row, label=classes[true]))
    if not rows:
        raise InputError(f"None of the pictures of {data.name} can be opened; check the folder.")
    correct = np.array([bool(row.correct) for row in rows])
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(rows),
        settings={
            "data": data.name,
            **splits_used(data),
            "labels": len(classes),
            **answerer.said,
        },
    )
    return Evaluation(
        rows=tuple(rows),
        labels=classes,
        accuracy=proportion(int(correct.sum()), len(rows)),
        confusion=confusion,
        reliability=reliability(np.array([row.confidence for row in rows]), correct),
        unreadable=tuple(unreadable),
        stamp=stamp,
    )


def suggest_labels(
    dataset: str | Dataset,
    labels: Sequence[str],
    model: str = "photo-clip",
    progress: Progress = silent,
) -> Iterator[Prediction]:
    """Suggest a label for every picture of a data set, one row at a time; skips unreadable ones.

    Raises:
        InputError: the data set or a label can't be used.
        CapabilityError: the model can't choose among free labels.
    """
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    encoder = load_model(model)
    options = Question(labels=tuple(labels))
    answerer = answerer_for(encoder, tuple(labels), options, progress)
    for row in predictions(data, answerer, progress):
        if not isinstance(row, str):
            yield row


def predictions(
    data: Dataset, answerer: Answerer, progress: Progress = silent
) -> Iterator[Prediction | str]:
    """Yield a row per picture, or the sentence that says which picture can't be opened."""
    known: dict[int, tuple[str | None, str]] = {}  # filled by the decoding threads

    def opener(position: int) -> Callable[[], Image.Image]:
        def opened() -> Image.Image:
            try:
                sample = data[position]
            except InputError as error:
                known[position] = (None, str(error))
                raise
            label = None if sample.label is None else data.class_names[sample.label]
            known[position] = (label, sample.id)
            return sample.image

        return opened

    total = len(data)
    openers = (opener(position) for position in range(total))
    stream = encode_stream(openers, answerer.preprocess, answerer.run)
    for position, probabilities in enumerate(stream):
        progress(position, total, "pictures")
        label, identity = known.pop(position)
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


def to_csv(rows: Sequence[Prediction]) -> str:
    """Return rows as CSV text with a header; a cell that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["id", "label", "prediction", "confidence", "second", "second_confidence", "correct"]
    )
    for row in rows:
        writer.writerow(
            [
                _inert(row.id),
                _inert(row.label or ""),
                _inert(row.prediction),
                f"{row.confidence:.4f}",
                _inert(row.second),
                f"{row.second_confidence:.4f}",
                "" if row.correct is None else int(row.correct),
            ]
        )
    return out.getvalue()


def _inert(cell: str) -> str:
    # a leading = + - @ makes a spreadsheet take the cell for a formula
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell
