"""A model's answers to many pictures, and what is known of each: numbers only, no picture stays."""

import time
from array import array
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.telling import left_out_of, splits_used, summary
from replearn.encoders.registry import load_model
from replearn.results.rows import Words
from replearn.results.stamp import Stamp
from replearn.studies.answering.answerer import answerer_about, predictions

KEPT = 4  # sets of answers in memory, so that other columns are answered at once
LABEL = "label"


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers to n pictures: some 20 bytes of each, and 4 more for each column.

    Attributes:
        source: the data set, or its name.
        classes: what there was to choose from.
        rows: (n,) places in the data set.
        truth: (n,) what is right, counted in `classes`.
        said: (n,) what was said.
        confidence: (n,) probability of what was said.
        columns: what else is known, n texts each.
        notes: sentences on what was left out.
        stamp: where the answers come from.
    """

    source: str | Dataset
    classes: tuple[str, ...]
    rows: npt.NDArray[np.int32]
    truth: npt.NDArray[np.int32]
    said: npt.NDArray[np.int32]
    confidence: npt.NDArray[np.float32]
    columns: dict[str, Words]
    notes: tuple[str, ...]
    stamp: Stamp

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def data(self) -> str:
        """The data set's name."""
        return self.source if isinstance(self.source, str) else self.source.name

    def dataset(self) -> Dataset:
        """Open the data set."""
        return load_dataset(self.source) if isinstance(self.source, str) else self.source

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """(n,), whether each was right."""
        return np.asarray(self.truth == self.said)


class _Column:
    """A column that grows: each of its words once."""

    def __init__(self, missing: int) -> None:
        self._places: dict[str, int] = {"": 0}
        self.codes = array("i", [0]) * missing

    def add(self, word: str) -> None:
        self.codes.append(self._places.setdefault(word, len(self._places)))

    def words(self) -> Words:
        return Words(np.frombuffer(self.codes, np.int32), tuple(self._places))


_kept: OrderedDict[str, Answers] = OrderedDict()
_locks: defaultdict[str, Lock] = defaultdict(Lock)


def answers_of(
    dataset: str | Dataset,
    model: str,
    question: Question | None = None,
    progress: Progress = silent,
) -> Answers:
    """Ask a model about every labelled picture; the last few sets of answers are kept in memory.

    Raises:
        InputError: no picture has a label and can be opened, or a class isn't among the answers.
        CapabilityError: the model can't choose.
    """
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    asked = question or Question()
    key = _key(data, model, asked)
    with _locks[key]:  # two sessions that ask the same must not both compute it
        found = _kept.pop(key, None) or _asked(data, model, asked, progress)
        _kept[key] = found  # the most recent stands last
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return found


def are_known(dataset: str | Dataset, model: str, question: Question) -> bool:
    """Say whether the answers are in memory, so that nothing has to be asked."""
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    return _key(data, model, question) in _kept


def _key(data: Dataset, model: str, question: Question) -> str:
    return fingerprint.of_parts([data.fingerprint(), load_model(model).fingerprint, repr(question)])


def _asked(data: Dataset, model: str, question: Question, progress: Progress) -> Answers:
    start = time.perf_counter()
    encoder = load_model(model)
    answerer, places = answerer_about(encoder, data, question, progress)
    rows, truth, said, sure = array("i"), array("i"), array("i"), array("f")
    columns: dict[str, _Column] = {}
    unreadable = [*left_out_of(data)]
    for one in predictions(data, answerer, progress):
        if isinstance(one, str):
            unreadable.append(one)
            continue
        if one.label is None:
            continue
        for name in one.meta:  # in the table's order
            if name not in columns:
                columns[name] = _Column(len(rows))
        for name, column in columns.items():
            column.add(one.meta.get(name, "").strip())
        rows.append(one.row)
        truth.append(places[one.label.casefold()])
        said.append(places[one.prediction.casefold()])
        sure.append(one.confidence)
    if not len(rows):
        raise InputError(
            f"No picture of {data.name} has a label and can be opened; check the folder."
        )
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(rows),
        settings={
            "data": data.name,
            **splits_used(data),
            "labels": len(answerer.classes),
            **answerer.said,
        },
    )
    found = {name: column.words() for name, column in columns.items()}
    counted = np.frombuffer(truth, np.int32)
    if LABEL not in found and not _told_already(found, counted, answerer.classes):
        found = {LABEL: Words(counted, answerer.classes), **found}
    return Answers(
        data,
        answerer.classes,
        np.frombuffer(rows, np.int32),
        counted,
        np.frombuffer(said, np.int32),
        np.frombuffer(sure, np.float32),
        found,
        tuple(summary(unreadable)),
        stamp,
    )


def _told_already(
    columns: dict[str, Words], truth: npt.NDArray[np.int32], classes: tuple[str, ...]
) -> bool:
    """Whether a column says just what the label says, as the solid of `shapes` does."""
    names = np.array([name.casefold() for name in classes])[truth]
    return any(
        bool((np.array([word.casefold() for word in words.words])[words.codes] == names).all())
        for words in columns.values()
    )
