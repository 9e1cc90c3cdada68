"""Surfaces that no training picture has: textures, floors and backdrops for tests of a shift.

They stand behind the usual ones: texture 6 is the first of `UNSEEN_TEXTURES`, and so on.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from replearn.data.shapes.patterns import hashed, mixed

# (colour (n, 3), x, y, z, phase) -> colours (n, 3)
Texture = Callable[[Tensor, Tensor, Tensor, Tensor, Tensor], Tensor]
# two coordinates (n, points) -> colours (n, points, 3)
Ground = Callable[[Tensor, Tensor], Tensor]


def _zigzag(colour: Tensor, x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> Tensor:
    fold = ((3 * x + phase).frac() - 0.5).abs() + ((3 * z).frac() - 0.5).abs()
    dark = ((3.5 * y + 1.4 * fold).remainder(1) < 0.45)[:, None]
    return torch.where(dark, 1 - colour, colour)


def _rings(colour: Tensor, x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> Tensor:
    away = ((x - 0.5).square() + (y - 0.35).square() + (z - 0.5).square()).sqrt()
    return torch.where(((4.5 * away + phase).remainder(1) < 0.4)[:, None], 0.08, colour)


def _net(colour: Tensor, x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> Tensor:
    lines = [((4 * axis + phase).remainder(1) < 0.2) for axis in (x + y, y + z, x - z)]
    return torch.where((lines[0] | lines[1] | lines[2])[:, None], 0.1, 0.4 + 0.6 * colour)


def _patchwork(colour: Tensor, x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> Tensor:
    cells = [3.2 * axis + phase for axis in (x, y, z)]
    other = [hashed(*(c + 17.0 * channel for c in cells)) for channel in (1, 2, 3)]
    return 0.4 * colour + 0.6 * torch.stack(other, 1)


UNSEEN_TEXTURES: tuple[Texture, ...] = (_zigzag, _rings, _net, _patchwork)


def _chequered(u: Tensor, v: Tensor) -> Tensor:
    odd = ((1.1 * (u + v)).floor() + (1.1 * (u - v)).floor()).remainder(2)
    return mixed((0.86, 0.16, 0.22), (0.96, 0.94, 0.86), odd)


def _striped(u: Tensor, v: Tensor) -> Tensor:
    band = ((2.4 * v + 0.5 * (2.1 * u).sin()).sin() * 6).clamp(0, 1)
    return mixed((0.05, 0.05, 0.07), (0.93, 0.93, 0.90), band)


def _muddled(u: Tensor, v: Tensor) -> Tensor:
    cells = [hashed(5 * u + 31.0 * c, 5 * v + 7.0 * c, torch.full_like(u, c)) for c in (1, 2, 3)]
    return torch.stack(cells, -1)


def _violet(u: Tensor, v: Tensor) -> Tensor:
    wave = ((1.6 * u).sin() * (1.9 * v).cos() + (3.1 * (u + v)).sin() * 0.5 + 1.5) / 3
    return mixed((0.26, 0.06, 0.42), (0.90, 0.56, 0.96), wave.clamp(0, 1))


UNSEEN_FLOORS: tuple[Ground, ...] = (_chequered, _striped, _muddled, _violet)


def _night(x: Tensor, y: Tensor) -> Tensor:
    star = (hashed(14 * x, 14 * y, torch.zeros_like(x)) > 0.93).float()
    return mixed((0.03, 0.04, 0.14), (0.98, 0.97, 0.86), star)


def _forest(x: Tensor, y: Tensor) -> Tensor:
    trunk = ((2.6 * x + 0.25 * (3 * y).sin()).remainder(1) < 0.35).float()
    leaf = hashed(9 * x, 9 * y, torch.ones_like(x)) * 0.5
    green = mixed((0.07, 0.30, 0.12), (0.42, 0.70, 0.24), leaf * 2)
    return green + trunk[..., None] * (mixed((0.20, 0.11, 0.06), (0.36, 0.22, 0.12), leaf) - green)


def _plaid(x: Tensor, y: Tensor) -> Tensor:
    across, up = ((3.3 * x).sin() * 4).clamp(0, 1), ((3.3 * y + 1).sin() * 4).clamp(0, 1)
    first = mixed((0.94, 0.82, 0.12), (0.10, 0.52, 0.46), across)
    return 0.5 * first + 0.5 * mixed((0.94, 0.82, 0.12), (0.70, 0.10, 0.30), up)


def _bokeh(x: Tensor, y: Tensor) -> Tensor:
    u, v = 1.7 * x, 1.7 * y
    away = ((u.remainder(1) - 0.5).square() + (v.remainder(1) - 0.5).square()).sqrt()
    disk = ((0.42 - away) * 12).clamp(0, 1)[..., None]
    tint = torch.stack([hashed(u, v, torch.full_like(u, c)) for c in (3, 5, 8)], -1)
    return 0.14 + disk * 0.8 * tint


UNSEEN_BACKDROPS: tuple[Ground, ...] = (_night, _forest, _plaid, _bokeh)
