"""Patterns painted by small networks from a place's coordinates, and how they evolve.

Compositional pattern-producing networks (Stanley 2007), with which Nguyen et al. 2015 made pictures
that mean nothing to us and of which a network is sure (https://arxiv.org/abs/1412.1897).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Genes = npt.NDArray[np.float32]  # (n, GENES)
Shapes = tuple[tuple[int, int], ...]

HIDDEN = 12  # units of each of the two layers between; a third each of waves, bumps and steps
SHAPES: Shapes = ((4, HIDDEN), (HIDDEN + 4, HIDDEN), (HIDDEN, 3))
GENES = sum(rows * columns for rows, columns in SHAPES)
SPREAD = 2.5  # of a new pattern's weights


@dataclass(frozen=True)
class Evolution:
    """How patterns evolve.

    Attributes:
        generations: of them.
        children: in each.
        parents: the best that live on.
    """

    generations: int = 25
    children: int = 24
    parents: int = 6


@dataclass(frozen=True, eq=False)
class Generation:
    """Where an evolution is.

    Attributes:
        best: (1, GENES).
        fitness: of the best.
        evaluations: patterns that were looked at so far.
    """

    best: Genes
    fitness: float
    evaluations: int


def painted(genes: Genes, side: int) -> Tensor:
    """Paint patterns, (n, 3, side, side), from 0 to 1."""
    weights = torch.from_numpy(genes)
    ticks = torch.linspace(-1, 1, side)
    down, right = torch.meshgrid(ticks, ticks, indexing="ij")
    ones = torch.ones_like(down)
    places = torch.stack([right, down, torch.hypot(down, right) * math.sqrt(0.5), ones], -1)
    places = places.reshape(1, -1, 4).expand(len(weights), -1, -1)  # (n, side * side, 4)
    layers, at = [], 0
    for shape in SHAPES:
        size = shape[0] * shape[1]
        layers.append(weights[:, at : at + size].reshape(-1, *shape))
        at += size
    first = _bent(torch.bmm(places, layers[0]))
    second = _bent(torch.bmm(torch.cat([first, places], -1), layers[1]))
    colours = torch.sigmoid(torch.bmm(second, layers[2]))  # (n, side * side, 3)
    return colours.transpose(1, 2).reshape(-1, 3, side, side)


def _bent(sums: Tensor) -> Tensor:
    """Bend a third of the units into waves, a third into bumps, a third into steps."""
    waves, bumps, steps = sums.chunk(3, -1)
    return torch.cat([torch.sin(math.pi * waves), torch.exp(-bumps.square()), steps.tanh()], -1)


def evolving(
    fitness: Callable[[Genes], npt.NDArray[np.float64]],
    first: Genes,
    settings: Evolution,
    rng: np.random.Generator,
) -> Iterator[Generation]:
    """Yield the best pattern after each generation; it never gets worse.

    The best live on, and each child takes the genes of two of them, some changed a little or a lot.

    Args:
        fitness: of patterns, (n,); asked once of each.
        first: the first generation, (n, GENES).
        settings: how.
        rng: of the draws.
    """
    living, known, evaluations = first, fitness(first), len(first)
    for number in range(settings.generations):
        if number:
            children = _children(living, settings.children, rng)
            living = np.concatenate([living, children])
            known = np.concatenate([known, fitness(children)])
            evaluations += len(children)
        order = np.argsort(-known, kind="stable")[: settings.parents]
        living, known = living[order], known[order]
        yield Generation(living[:1], float(known[0]), evaluations)


def drawn(count: int, rng: np.random.Generator) -> Genes:
    """Draw new patterns, (count, GENES)."""
    return (SPREAD * rng.standard_normal((count, GENES))).astype(np.float32)


def _children(parents: Genes, count: int, rng: np.random.Generator) -> Genes:
    # the better a parent, the more often it is taken: the lower of two draws
    one, other = (rng.integers(0, len(parents), (2, count)).min(0) for _ in range(2))
    mixed = np.where(rng.random((count, GENES)) < 0.8, parents[one], parents[other])
    size = 2.0 ** rng.uniform(-5, 1, (count, 1))  # a child is near to its parents or far from them
    share = 2.0 ** rng.uniform(-5, 0, (count, 1))
    changed = rng.random((count, GENES)) < share
    children = mixed + changed * size * rng.standard_normal((count, GENES))
    return np.asarray(children, np.float32)
