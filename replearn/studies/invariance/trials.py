"""The work itself: every changed picture is made once and shown to every model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.progress import Progress, silent
from replearn.distortions.base import Values
from replearn.encoders.base import Vectors
from replearn.results.invariance import InvarianceTrials
from replearn.studies.invariance.class_reader import Reader
from replearn.studies.invariance.factors import Factor
from replearn.studies.invariance.models_at_work import Look, chance_cosine
from replearn.studies.invariance.pictures import Tested

BATCH = 32


@dataclass(frozen=True, eq=False)
class Watched:
    """A model that is measured.

    Attributes:
        look: the model and its layers.
        readers: who answers, by layer.
        chance: mean cosine between different pictures, by layer; None takes those measured.
    """

    look: Look
    readers: Mapping[str, Reader]
    chance: Mapping[str, float] | None = None


def measured(
    found: Tested,
    factor: Factor,
    levels: tuple[float, ...],
    watched: Sequence[Watched],
    progress: Progress = silent,
) -> tuple[InvarianceTrials, ...]:
    """Return the trials of all models and layers: every changed picture is made once for all.

    Raises:
        InputError: the factor needs a rendered scene, or a level is out of range.
    """
    records = [_Record(one, name, found, levels) for one in watched for name in one.look.names]
    n, identity = len(found.ids), levels.index(factor.identity)
    order = [identity, *(i for i in range(len(levels)) if i != identity)]  # the untouched first
    for begin in range(0, n, BATCH):
        rows = slice(begin, min(begin + BATCH, n))
        part = found.stack.take(rows)
        for step, column in enumerate(order):
            progress(begin * len(levels) + step * len(part), n * len(levels), "pictures changed")
            images = _pictures(factor.at(part, levels[column]))
            for one in watched:
                pixels = one.look.encoder.preprocess(images)
                vectors = one.look.vectors(pixels)
                for record in records:
                    if record.watched is one:
                        record.note(rows, column, pixels, vectors[record.layer])
    progress(n * len(levels), n * len(levels), "pictures changed")
    return tuple(record.trials(levels, factor.positions(levels)) for record in records)


def _pictures(values: Values) -> list[Image.Image]:
    return [Image.fromarray(one) for one in (values * 255 + 0.5).astype(np.uint8)]


class _Record:
    """What one layer of a model gives, filled level by level."""

    def __init__(
        self, watched: Watched, layer: str, found: Tested, levels: tuple[float, ...]
    ) -> None:
        self.watched, self.layer, self._found = watched, layer, found
        shape = (len(found.ids), len(levels))
        self._reader = watched.readers[layer]
        self._cosines = np.zeros(shape, np.float32)
        self._probabilities = np.zeros(shape, np.float32)
        self._correct = np.zeros(shape, np.bool_)
        self._clean: list[Vectors] = []
        self._predicted: npt.NDArray[np.int64] = np.zeros(0, np.int64)

    def note(
        self, rows: slice, column: int, pixels: npt.NDArray[np.float32], vectors: Vectors
    ) -> None:
        """Take the vectors of some pictures at a level; the untouched ones come first."""
        read = self._reader.read
        probabilities = None if read is None else read(pixels, vectors)
        if sum(map(len, self._clean)) <= rows.start:
            self._clean.append(vectors)
            if probabilities is not None:
                self._predicted = probabilities.argmax(1)
        self._cosines[rows, column] = (vectors * self._clean[-1]).sum(1)
        if probabilities is None:
            return
        self._probabilities[rows, column] = probabilities[np.arange(len(vectors)), self._predicted]
        if self._found.labels is not None:
            self._correct[rows, column] = probabilities.argmax(1) == self._found.labels[rows]

    def trials(self, levels: tuple[float, ...], positions: tuple[float, ...]) -> InvarianceTrials:
        """Return what was noted."""
        encoder, answered = self.watched.look.encoder, self._reader.read is not None
        given = self.watched.chance
        chance = chance_cosine(np.concatenate(self._clean)) if given is None else given[self.layer]
        return InvarianceTrials(
            model=encoder.name,
            fingerprint=encoder.fingerprint,
            layer=self.layer,
            ids=self._found.ids,
            levels=levels,
            positions=positions,
            cosines=self._cosines,
            chance=chance,
            probabilities=self._probabilities if answered else None,
            correct=self._correct if answered and self._found.labels is not None else None,
            classes=len(self._reader.classes),
            reader=self._reader.said,
        )
