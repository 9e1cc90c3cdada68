"""Does a map depend on what was learnt? Weights shuffled top down (Adebayo et al. 2018)."""

import copy
import math
import warnings
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, silent
from replearn.results.trust import Randomisation, RandomisedMap
from replearn.studies.answering.heat_map_question import HeatMapQuestion

if TYPE_CHECKING:
    from torch import nn

    from replearn.encoders.tower import ImageTower
    from replearn.explainers.base import Explainer

Floats = npt.NDArray[np.float32]
_WRAPPERS = frozenset({"trunk", "network", "head", "last", "visual", "model"})


def randomised(
    question: HeatMapQuestion,
    explainer: "Explainer",
    values: Floats,
    stages: int = 8,
    seed: int = 0,
    progress: Progress = silent,
) -> Randomisation:
    """Explain a copy of the network again, with more and more of its weights shuffled.

    Each tensor's own numbers are shuffled, so that activations keep their scale; the shared
    network is left as it is.

    Args:
        question: what was explained.
        explainer: by which method.
        values: (h, w) its map for the trained network.
        stages: how many maps, from the last layer alone to all weights.
        seed: of the shuffling.
        progress: told before each map; may raise `StoppedError`.
    """
    from replearn.explainers.in_torch import InTorch

    if not 1 <= stages <= 100:
        raise InputError(f"Ask for 1 to 100 stages, not {stages}.")
    tower = copy.deepcopy(question.explained.tower())
    network = InTorch(question.explained.name, tower)
    every = blocks(tower)
    shown = {round(i) for i in np.linspace(len(every) - 1, 0, min(stages, len(every)))}
    found: list[RandomisedMap] = []
    for number, (name, modules) in enumerate(every):
        shuffle(modules, seed, name)
        if number not in shown:
            continue
        progress(len(found), len(shown), f"maps of shuffled weights, {name}")
        try:
            again = explainer.explain(network, question.pixels, question.score)[0]
        except CapabilityError:  # no gradient reaches the layer any more
            again = np.zeros_like(values)
        found.append(RandomisedMap(name, again, rank_correlation(values, again)))
    progress(len(shown), len(shown), "maps of shuffled weights")
    fine = values.shape == question.pixels.shape[2:]
    return Randomisation(explainer.name, fine, values, tuple(found), seed)


def blocks(tower: "ImageTower") -> "list[tuple[str, list[nn.Module]]]":
    """Return the modules that hold weights, block by block, from the output down to the pixels.

    The order is the one in which the network registers them; a norm goes with what it follows.
    """
    found: dict[str, list[nn.Module]] = {}
    for path, module in tower.named_modules():
        if not any(True for _ in module.parameters(recurse=False)):
            continue
        name = _block(path)
        norm = "norm" in type(module).__name__.lower()
        if norm and found and name not in found:
            name = next(reversed(found))
        found.setdefault(name, []).append(module)
    return list(found.items())[::-1]


def _block(path: str) -> str:
    """Return the name of the block that a module belongs to: "blocks.6", "conv_head"."""
    parts = [part for part in path.split(".") if part not in _WRAPPERS]
    first = next((i for i, part in enumerate(parts) if part.isdigit()), 0)
    return ".".join(parts[: first + 1]) or "last layer"


def shuffle(modules: "list[nn.Module]", seed: int, name: str) -> None:
    """Shuffle the numbers of each parameter within itself, in place."""
    import torch

    from replearn.core.seeds import generator

    random = torch.Generator().manual_seed(int(generator(seed, "shuffle", name).integers(2**62)))
    with torch.no_grad():
        for module in modules:
            for weights in module.parameters(recurse=False):
                order = torch.randperm(weights.numel(), generator=random).to(weights.device)
                weights.copy_(weights.flatten()[order].reshape(weights.shape))


def rank_correlation(first: Floats, second: Floats) -> float:
    """Return Spearman's rank correlation of two maps of one shape; nan where one is flat."""
    from scipy.stats import spearmanr

    if np.ptp(first) == 0 or not np.isfinite(second).all() or np.ptp(second) == 0:
        return math.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a map that is constant but for rounding
        return float(spearmanr(first, second, axis=None).statistic)
