"""Which pixels a cell of a layer can see at all, exactly."""

import copy
import functools

import torch
from torch import Tensor, nn

from replearn.encoders.registry import load_model
from replearn.encoders.tower import ImageTower
from replearn.encoders.watched import watched
from replearn.explainers.layers import POOLED, as_map

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the network's input
_TINY = 1e-6  # so small an input that no activation saturates


def receptive_fields(model: str, layer: str, cells: list[tuple[int, int]]) -> list[Box]:
    """Return what each cell (row, column) of a layer sees.

    Every weight of a copy of the network is made positive, so that the gradient of a cell is
    positive at each pixel that reaches it and nothing cancels. A transformer's token sees all.

    Raises:
        InputError: there is no such model.
    """
    encoder = load_model(model)
    side = encoder.preprocessing.crop
    tower = encoder.tower()
    if tower.tokens is not None:
        return [(0, 0, side, side)] * len(cells)
    # convolutions are as high as wide, and so is the input: rows and columns are reached alike
    reached = {i: _reach(model, encoder.fingerprint, layer, i) for cell in cells for i in cell}
    return [
        (reached[column][0], reached[row][0], reached[column][1], reached[row][1])
        for row, column in cells
    ]


@functools.lru_cache(maxsize=1024)
def _reach(model: str, fingerprint: str, layer: str, place: int) -> tuple[int, int]:
    """Return the first pixel row, and the one behind the last, that a row of cells sees."""
    pixels, seen = _run(model, fingerprint, layer)
    wanted = seen[0, :, place, place].sum()
    (gradient,) = torch.autograd.grad(wanted, pixels, retain_graph=True)
    rows = (gradient[0].sum(0) > 0).any(1).nonzero()
    return int(rows[0]), int(rows[-1]) + 1


@functools.lru_cache(maxsize=1)
def _run(model: str, fingerprint: str, layer: str) -> tuple[Tensor, Tensor]:
    """Return an input (1, 3, side, side) and the layer's map of it, (1, c, rows, columns)."""
    tower, side = _positive(model, fingerprint), load_model(model).preprocessing.crop
    kept: list[Tensor] = []
    pixels = torch.full((1, 3, side, side), _TINY, dtype=torch.float64, requires_grad=True)
    with torch.enable_grad():
        if layer == POOLED:
            kept.append(tower.features(pixels))
        else:
            with watched(tower.trunk.get_submodule(layer), kept.append):
                tower.features(pixels)
    seen = as_map(tower, kept[-1])
    assert seen is not None  # a layer that lies over the picture
    return pixels, seen


@functools.lru_cache(maxsize=2)
def _positive(model: str, fingerprint: str) -> ImageTower:  # noqa: ARG001
    found = copy.deepcopy(load_model(model).tower()).double()
    for module in found.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.constant_(module.weight, 1 / module.weight[0].numel())
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)
    return found.eval().requires_grad_(False)
