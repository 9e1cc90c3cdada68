"""Which pixels a cell of a layer can see at all, exactly."""

import copy
import functools
import logging

import torch
from torch import Tensor, nn

from replearn.encoders.registry import load_model
from replearn.encoders.tower import POOLED, ImageTower
from replearn.encoders.watched import watched

log = logging.getLogger(__name__)
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the network's input
_TINY = 1e-6  # so small an input that no activation saturates
_NARROW = 32  # pixels, the stride of a usual network's last map


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
    wanted = seen[0, :, place].sum()
    (gradient,) = torch.autograd.grad(wanted, pixels, retain_graph=True)
    rows = (gradient[0].sum(0) > 0).any(1).nonzero()
    return int(rows[0]), int(rows[-1]) + 1


@functools.lru_cache(maxsize=1)
def _run(model: str, fingerprint: str, layer: str) -> tuple[Tensor, Tensor]:
    """Return an input (1, 3, side, width) and the layer's map of it, (1, c, rows, columns).

    Which rows a row of cells sees doesn't hang on how wide the input is: a narrow one will do,
    unless the network takes none.
    """
    tower, side = _positive(model, fingerprint), load_model(model).preprocessing.crop
    if side > _NARROW:
        try:
            return _mapped(tower, layer, side, _NARROW)
        except RuntimeError:
            log.debug("%s takes square pictures alone", model)
    return _mapped(tower, layer, side, side)


def _mapped(tower: ImageTower, layer: str, side: int, width: int) -> tuple[Tensor, Tensor]:
    kept: list[Tensor] = []
    pixels = torch.full((1, 3, side, width), _TINY, dtype=torch.float64, requires_grad=True)
    with torch.enable_grad():
        if layer == POOLED:
            kept.append(tower.features(pixels))
        else:
            with watched(tower.trunk.get_submodule(layer), kept.append):
                tower.features(pixels)
    return pixels, kept[-1]


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
