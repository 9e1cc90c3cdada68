"""What the lab measures: a run's rows and state, and one anchor's loss."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """What was measured at a step; None where it wasn't.

    Attributes:
        step: optimiser steps so far.
        epoch: rounds so far, with a fraction.
        loss: mean over the steps since the last row, in the loss's own unit.
        alignment, uniformity: of the batch's vectors (Wang and Isola 2020).
        knn, probe: accuracy on the test pictures by neighbours and by a linear probe.
        pictures_per_second: views that went through the network.
    """

    step: int
    epoch: float
    loss: float | None
    alignment: float | None
    uniformity: float | None
    knn: float | None
    probe: float | None
    pictures_per_second: float


@dataclass(frozen=True, eq=False)
class RunState:
    """A run as its files tell it.

    Attributes:
        name: of the run; its model opens as `run:NAME`.
        state: "running", "finished", "stopped" or "failed".
        said: one sentence: how far it is, or why it failed.
        rows: the curve so far.
        cosines: of the last batch's views, (2m, 2m), or None.
        cosine_labels: (m,), the class of each pair.
        positives: (2m, 2m), which of them the loss draws together.
        map_steps: (k,), the steps of the maps.
        maps: (k, points, 2), one map a round.
        map_labels: (points,).
        map_names: of the classes.
        unreadable: a sentence for each picture that is left out.
    """

    name: str
    state: str
    said: str
    rows: tuple[Row, ...]
    cosines: npt.NDArray[np.float32] | None
    cosine_labels: npt.NDArray[np.int64]
    positives: npt.NDArray[np.bool_]
    map_steps: npt.NDArray[np.int64]
    maps: npt.NDArray[np.float64]
    map_labels: npt.NDArray[np.int64]
    map_names: tuple[str, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Recording:
    """A run round by round, to be played; k rounds, the first before any training.

    Attributes:
        name: of the run.
        title: what it learnt with, in a few words.
        settings: the rest that one needs to make it again, in a line.
        rounds: (k,), whole rounds behind it.
        losses: (k,), mean over the steps since the last row, nan before training.
        knn: (k,), accuracy by neighbours on pictures never trained on; nan without labels.
        tested: how many pictures are behind each accuracy.
        maps: (k, points, 2), within -1 to 1, each turned to fit the one before.
        labels: (points,), the class of each.
        names: of the classes.
        cosines: (k, m, m), among some of the points.
        compared: (m,), which points they are, sorted by class.
    """

    name: str
    title: str
    settings: str
    rounds: Floats
    losses: Floats
    knn: Floats
    tested: int
    maps: Floats
    labels: npt.NDArray[np.int64]
    names: tuple[str, ...]
    cosines: Floats
    compared: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class AnchorLoss:
    """NT-Xent of one anchor.

    Attributes:
        cosines: to every other view, (m,).
        shares: softmax(cosines / temperature), (m,).
        pull: derivative of the loss with respect to each cosine, (m,): negative draws together.
        positive: which of them is the partner.
        loss: in nats; log(m) where all cosines are equal.
        temperature: as asked for.
    """

    cosines: Floats
    shares: Floats
    pull: Floats
    positive: int
    loss: float
    temperature: float


@dataclass(frozen=True)
class Reading:
    """A figure that was measured, with its 95 % interval.

    Attributes:
        name: what it is of.
        value, low, high: the figure and its interval.
        n: pictures behind it.
    """

    name: str
    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}] (n = {self.n:,})"


@dataclass(frozen=True)
class Reveal:
    """What an experiment showed, beside what was predicted.

    Attributes:
        question: as it was asked.
        choices: the answers to choose from.
        predicted: which of them was chosen.
        measured: which of them the readings bear out.
        readings: what was measured.
        unit: of the readings.
        expected: what is expected and why, in words.
        settings: how it was measured.
        seconds: the time it took here.
    """

    question: str
    choices: tuple[str, ...]
    predicted: int
    measured: int
    readings: tuple[Reading, ...]
    unit: str
    expected: str
    settings: str
    seconds: float
