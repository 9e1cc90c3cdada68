"""Who says what a picture shows: a linear probe on the vectors, or the model itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import softmax
from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, batches, silent
from replearn.core.question import Question, as_question
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder, Pixels, Vectors
from replearn.results.invariance import EMBEDDING
from replearn.studies.answering.answerer import answerer_for
from replearn.studies.invariance.models_at_work import Look
from replearn.studies.invariance.pictures import readable

BATCH = 64
FEWEST = 2  # pictures of a class that a probe wants, on average
Floats = npt.NDArray[np.float32]
Read = Callable[[Pixels, Vectors], Floats]


@dataclass(frozen=True, eq=False)
class Reader:
    """From a picture's pixels and vectors to probabilities.

    Attributes:
        read: pixels (n, 3, h, w) and unit vectors (n, d) to probabilities (n, classes); None where
            nobody answers.
        classes: what there is to choose from.
        said: who answers, or why nobody does.
    """

    read: Read | None
    classes: tuple[str, ...]
    said: str


def own_reader(encoder: Encoder, labels: Sequence[str] | Question | None) -> Reader:
    """Return the model's own answer: by its head, or by comparing with labels as sentences."""
    reads_text = "text" in encoder.card.capabilities
    question = as_question(labels)
    if reads_text and not question.labels:
        return Reader(None, (), f"{encoder.name} has no labels to choose from")
    try:
        answerer = answerer_for(encoder, (), question if reads_text else Question(), silent)
    except CapabilityError as error:
        return Reader(None, (), str(error))
    said = "its own labels" if reads_text else "its own head"
    return Reader(lambda pixels, _: answerer.run(pixels), answerer.classes, said)


def data_readers(
    look: Look, data: Dataset, fit: tuple[Dataset, Sequence[int]], progress: Progress = silent
) -> dict[str, Reader]:
    """Return who reads a data set's classes from each layer.

    A linear probe fitted on untouched pictures that aren't tested, alike for every model and
    layer; where a class is missing among them, the model's own answer, from the embedding alone.

    Args:
        look: the model and its layers.
        data: whose classes are read.
        fit: a data set and its rows to fit on.
        progress: told as pictures are encoded.
    """
    if not data.class_names:
        return dict.fromkeys(look.names, Reader(None, (), f"{data.name} has no labels"))
    source, rows = fit
    if len(rows) < FEWEST * len(data.class_names):
        few = Reader(None, (), f"too few pictures of {data.name} are left to fit a probe on")
        return {**dict.fromkeys(look.names, few), EMBEDDING: _own_of(data, look.encoder)}
    kept: dict[str, list[Vectors]] = {name: [] for name in look.names}
    labels: list[int] = []
    for batch in batches(rows, BATCH):
        progress(len(labels), len(rows), f"pictures to fit the probe of {look.encoder.name}")
        samples = [one for one in readable(source, batch) if one.label is not None]
        labels += [one.label for one in samples if one.label is not None]
        pixels = look.encoder.preprocess([one.image for one in samples])
        for name, vectors in look.vectors(pixels).items():
            kept[name].append(vectors)
    return {
        name: probe_reader(np.concatenate(parts), np.array(labels), data.class_names)
        for name, parts in kept.items()
    }


def probe_reader(
    vectors: Vectors, labels: npt.NDArray[np.int64], classes: tuple[str, ...]
) -> Reader:
    """Return a linear probe fitted on unit vectors (n, d) and their labels (n,)."""
    from replearn.training.measures import linear_probe

    fitted = linear_probe(vectors, labels, len(classes))

    def read(_: Pixels, asked: Vectors) -> Floats:
        return softmax(asked @ fitted.weight.T + fitted.bias)

    return Reader(read, classes, f"a linear probe fitted on {len(labels):,} untouched pictures")


def _own_of(data: Dataset, encoder: Encoder) -> Reader:
    """Return the model's own answer among a data set's classes, which come first."""
    try:
        answerer = answerer_for(encoder, data.class_names, Question(), silent)
    except CapabilityError as error:
        return Reader(None, (), str(error))
    known = {name.casefold(): i for i, name in enumerate(answerer.classes)}
    if any(name.casefold() not in known for name in data.class_names):
        return Reader(None, (), f"{encoder.name} doesn't know all classes of {data.name}")
    first = [known[name.casefold()] for name in data.class_names]
    order = [*first, *(i for i in range(len(known)) if i not in set(first))]
    names = tuple(answerer.classes[i] for i in order)
    return Reader(lambda pixels, _: answerer.run(pixels)[:, order], names, "its own answer")
