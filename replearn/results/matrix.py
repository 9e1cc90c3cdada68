"""The fine-tuning matrix as it was measured, and what of the published one it repeats."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Estimate, Proportion
from replearn.results.stamp import Stamp

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FineTuningMatrix:
    """Networks trained on some manipulations, tested on all.

    Attributes:
        evaluations: nine titles, in the published order.
        networks: their names, in the published order.
        trained_on: titles of what each network saw.
        accuracy: (9, networks, seeds), from 0 to 1.
        n: pictures behind one cell of one seed.
        chance: one over the classes.
        published: (9, networks), from 0 to 1.
        human: (9,), nan where it wasn't measured.
        published_chance: of the paper's sixteen classes.
        stamp: where ours comes from.
    """

    evaluations: tuple[str, ...]
    networks: tuple[str, ...]
    trained_on: tuple[tuple[str, ...], ...]
    accuracy: Floats
    n: int
    chance: float
    published: Floats
    human: Floats
    published_chance: float
    stamp: Stamp


@dataclass(frozen=True)
class Finding:
    """A finding of the paper, by one number there and one here.

    Attributes:
        claim: what the paper found.
        measure: what the numbers are; shares above chance run from 0 (chance) to 1 (all right).
        published: the paper's.
        ours: mean over the seeds.
        rule: when we say that the small world repeats it.
        holds: whether it does.
        cells: (row, column) of those that it is about.
        doubt: what may be behind a difference; a guess, not a measurement.
    """

    claim: str
    measure: str
    published: float
    ours: Estimate
    rule: str
    holds: bool
    cells: tuple[tuple[int, int], ...] = ()
    doubt: str = ""


@dataclass(frozen=True, eq=False)
class Mistake:
    """A picture that was got wrong.

    Attributes:
        picture: (h, w, 3), as the network got it.
        label: what it is.
        answer: what was said.
        confidence: of the answer, from 0 to 1.
    """

    picture: npt.NDArray[np.uint8]
    label: str
    answer: str
    confidence: float


@dataclass(frozen=True, eq=False)
class MatrixCell:
    """One network on one manipulation.

    Attributes:
        network: its name.
        trained_on: titles of what it saw.
        evaluation: title of the manipulation at test time.
        accuracies: one for each seed.
        published: the paper's.
        examples: (k, h, w, 3), what the network was tested on.
        curve: (rounds, 3) of the first seed: round, loss in nats, accuracy on training pictures.
        mistakes: of the first seed, surest first.
        confused: (label, answer, how often), most frequent first.
    """

    network: str
    trained_on: tuple[str, ...]
    evaluation: str
    accuracies: tuple[Proportion, ...]
    published: float
    examples: npt.NDArray[np.uint8]
    curve: Floats
    mistakes: tuple[Mistake, ...]
    confused: tuple[tuple[str, str, int], ...]
