"""How often is it right? A classifier on a data set, with its interval and its mistakes."""

import csv
import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.core.statistics import proportion, reliability
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.telling import left_out_of, splits_used
from replearn.encoders.registry import load_model
from replearn.results.many_pictures import Evaluation, Prediction
from replearn.results.stamp import Stamp
from replearn.studies.answering.answerer import answerer_about, answerer_for, predictions


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
    start = time.perf_counter()
    encoder = load_model(model)
    answerer, index = answerer_about(encoder, data, chosen, progress)
    classes = answerer.classes
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
