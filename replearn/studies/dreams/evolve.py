"""Patterns that evolve until a network is sure of them, though it has no gradient to follow."""

import math
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.results.dreams import Evolved
from replearn.results.stamp import Stamp
from replearn.studies.answering.opened_network import OpenedNetwork, as_picture, opened, with_margin
from replearn.studies.dreams.choices import Choices, choices, usual_answer
from replearn.studies.dreams.undo import undone

if TYPE_CHECKING:
    from replearn.visualisations.patterns import Genes

MOST_GENERATIONS = 400
CHILDREN = 24
ENOUGH = 0.99


@dataclass(frozen=True)
class EvolveChoice:
    """How long patterns evolve.

    Attributes:
        generations: at most; each is 24 patterns.
        enough: the probability at which it ends.
        seed: of the draws.

    Raises:
        InputError: a number is out of range.
    """

    generations: int = 25
    enough: float = ENOUGH
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.generations <= MOST_GENERATIONS:
            raise InputError(f"Choose 1 to {MOST_GENERATIONS} generations, not {self.generations}.")
        if not 0 < self.enough < 1:
            raise InputError(f"The probability to reach lies between 0 and 1, not {self.enough}.")


def evolve(
    target: str = "",
    model: str = "imagenet",
    *,
    question: Question | None = None,
    choice: EvolveChoice | None = None,
    progress: Progress = silent,
) -> Evolved:
    """Let patterns evolve until a network takes one for a class.

    Nguyen, Yosinski and Clune 2015 (https://arxiv.org/abs/1412.1897), made small: patterns of one
    fixed kind of network, and a population that lives for one class and not for all of them.

    Args:
        target: the class, or the label; left out, the one that the network is surest of in the
            first generation.
        model: the network; any that answers will do, for no gradient is asked for.
        question: labels and templates, for a model that reads text.
        choice: how long, and the seed.
        progress: told before each generation; may raise `StoppedError`.

    Raises:
        InputError: there is no such class, or a number is out of range.
        CapabilityError: the model has neither classes nor reads text.

    Example:
        >>> found = evolve("", "shapes-supervised")
        >>> found.target, found.probabilities[-1], found.undone
    """
    growing = evolve_growing(target, model, question=question, choice=choice, progress=progress)
    return deque(growing, maxlen=1)[0]


def evolve_growing(
    target: str = "",
    model: str = "imagenet",
    *,
    question: Question | None = None,
    choice: EvolveChoice | None = None,
    progress: Progress = silent,
) -> Iterator[Evolved]:
    """Yield the best pattern after each generation; only the last one was asked about elsewhere.

    Args:
        target, model, question, choice, progress: as `evolve` has them.
    """
    from replearn.visualisations.patterns import Evolution, drawn, evolving, painted

    start = time.perf_counter()
    asked, network = choice or EvolveChoice(), opened(model)
    rng = np.random.default_rng(asked.seed)
    first = drawn(2 * CHILDREN, rng)
    known = choices(network.encoder, target or usual_answer(network.encoder, question), question)
    if not target:
        known = _surest(network, known, first)

    def fitness(genes: "Genes") -> npt.NDArray[np.float64]:
        return np.log(_probabilities(network, known, genes)[:, known.wanted] + 1e-30)

    settings = Evolution(asked.generations, CHILDREN)
    probabilities: list[float] = []
    ancestor = None
    for found in evolving(fitness, first, settings, rng):
        progress(len(probabilities), asked.generations, "generations")
        best = as_picture(painted(found.best, network.side)[0])
        ancestor = ancestor or best
        probabilities.append(math.exp(found.fitness))
        reached = probabilities[-1] >= asked.enough
        ended = reached or len(probabilities) == asked.generations
        picture, name = with_margin(network.encoder.preprocessing, best), known.names[known.wanted]
        stamp = Stamp(
            network.encoder.name,
            network.encoder.fingerprint,
            time.perf_counter() - start,
            seed=asked.seed,
            settings={"target": name, "from": "patterns that evolve"},
        )
        yield Evolved(
            image=picture,
            ancestor=ancestor,
            target=name,
            probabilities=tuple(probabilities),
            evaluations=found.evaluations,
            reached=reached,
            undone=undone(picture, name, network.encoder, question) if ended else (),
            stamp=stamp,
        )
        if ended:
            return


def _probabilities(
    network: OpenedNetwork, known: Choices, genes: "Genes"
) -> npt.NDArray[np.float64]:
    """Return all answers' probabilities for patterns, (n, k), on the engine."""
    import torch

    from replearn.visualisations.patterns import painted

    pixels = network.normalise(painted(genes, network.side)).numpy()
    outputs = torch.from_numpy(network.encoder.outputs(pixels))
    found: npt.NDArray[np.float64] = known.logits(outputs).double().softmax(1).numpy()
    return found


def _surest(network: OpenedNetwork, known: Choices, genes: "Genes") -> Choices:
    """Return the answers with the one asked for that any of some patterns has most of."""
    from dataclasses import replace

    return replace(known, wanted=int(_probabilities(network, known, genes).max(0).argmax()))
