"""What surfaces look like: the solids' textures, the floors, the backdrops."""

import torch
from torch import Tensor

from replearn.data.shapes.patterns import hashed, mixed
from replearn.data.shapes.unseen import UNSEEN_BACKDROPS, UNSEEN_FLOORS, UNSEEN_TEXTURES

COLOUR_VALUES = torch.tensor(
    [
        (0.86, 0.10, 0.10),
        (0.96, 0.50, 0.06),
        (0.94, 0.86, 0.14),
        (0.14, 0.66, 0.20),
        (0.14, 0.80, 0.84),
        (0.14, 0.26, 0.88),
        (0.48, 0.14, 0.70),
        (0.96, 0.52, 0.72),
    ]
)


def painted(
    colour: Tensor, texture: Tensor, phase: Tensor, x: Tensor, y: Tensor, z: Tensor
) -> Tensor:
    """Return the colour of points of solids, (n, 3), from 0 to 1.

    Args:
        colour: (n,), index of the colour.
        texture: (n,), index of the texture; each is computed for its own points alone.
        phase: (n,), in [0, 1): shifts the pattern.
        x: in the solid's own axes and units, (n,).
        y: likewise.
        z: likewise.
    """
    base = COLOUR_VALUES.to(x.device)[colour]  # (n, 3)
    patterns = (None, _stripes, _checks, _dots, _grain, _marble)
    darker, lighter = torch.ones_like(x), torch.zeros_like(x)
    for index, pattern in enumerate(patterns):
        if pattern is None:
            continue
        rows = (texture == index).nonzero()[:, 0]
        if len(rows):
            shade, white = pattern(x[rows], y[rows], z[rows], phase[rows])
            darker[rows] = shade
            lighter[rows] = white
    paint = base * (darker * (1 - lighter))[:, None] + lighter[:, None]
    for index, unseen in enumerate(UNSEEN_TEXTURES, start=len(patterns)):
        rows = (texture == index).nonzero()[:, 0]
        if len(rows):
            paint[rows] = unseen(base[rows], x[rows], y[rows], z[rows], phase[rows])
    return paint


# each returns (shade, white): the colour is multiplied by one and mixed with white by the other


def _stripes(x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> tuple[Tensor, Tensor]:
    wave = (11.0 * (y + 0.35 * x) + 6.2832 * phase).sin()
    return (wave * 4).clamp(-1, 1) * 0.38 + 0.62, torch.zeros_like(z)


def _checks(x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> tuple[Tensor, Tensor]:
    shift = 0.5 * phase + 0.13
    wave = (7 * (x + shift)).sin() * (7 * (y + shift)).sin() * (7 * (z + shift)).sin()
    return (wave * 12).clamp(-1, 1) * 0.4 + 0.6, torch.zeros_like(z)


def _dots(x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> tuple[Tensor, Tensor]:
    cell, shift = 2.3, 0.5 * phase
    squares = torch.zeros_like(x)
    for axis in (x, y, z):
        squares += ((cell * axis + shift).frac() + 1).frac().sub(0.5).square()
    inside = ((0.16 - squares) * 18).clamp(0, 1)
    return torch.ones_like(x), inside * 0.92


def _grain(x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> tuple[Tensor, Tensor]:
    scale = 9.0
    noise = hashed(scale * x + 7 * phase, scale * y + 31, scale * z + 17)
    return 0.25 + 0.75 * noise, torch.zeros_like(x)


def _marble(x: Tensor, y: Tensor, z: Tensor, phase: Tensor) -> tuple[Tensor, Tensor]:
    turn = 6.2832 * phase
    warp = (3.1 * x + 1.7 * z + turn).sin() + (2.9 * y - 2.3 * z).sin() + (4.7 * y + 2.2 * x).sin()
    vein = 1 - (2.6 * (x + y - z) + 1.5 * warp).sin().abs()
    return torch.ones_like(x), vein.square().mul(1.1).clamp(0, 0.85)


def floor_colour(floor: Tensor, turn: Tensor, x: Tensor, z: Tensor) -> Tensor:
    """Return the colour of points of the floor, (n, points, 3).

    Args:
        floor: (n,), index of the floor.
        turn: (n,), degrees by which its pattern is turned.
        x: to the right, (n, points).
        z: towards the camera, (n, points).
    """
    out = torch.empty(*x.shape, 3, device=x.device)
    angle = torch.deg2rad(turn)[:, None]
    u, v = x * angle.cos() + z * angle.sin(), z * angle.cos() - x * angle.sin()
    for index, pattern in enumerate((_wooden, _tiled, _sandy, _grassy, *UNSEEN_FLOORS)):
        rows = (floor == index).nonzero()[:, 0]
        if len(rows):
            out[rows] = pattern(u[rows], v[rows])
    return out


def _wooden(u: Tensor, v: Tensor) -> Tensor:
    plank = (2.2 * u).floor()
    tone = (plank * 2.39).sin() * 0.25 + 0.5
    fibre = (26 * u + 2.5 * (1.7 * v + plank).sin()).sin() * 0.14
    gap = ((2.2 * u - plank) < 0.07).float() * 0.45
    return mixed((0.36, 0.22, 0.12), (0.66, 0.46, 0.28), (tone + fibre - gap).clamp(0, 1))


def _tiled(u: Tensor, v: Tensor) -> Tensor:
    odd = ((1.5 * u).floor() + (1.5 * v).floor()).remainder(2)
    return mixed((0.30, 0.32, 0.36), (0.80, 0.82, 0.84), odd)


def _sandy(u: Tensor, v: Tensor) -> Tensor:
    ripple = (5 * v + 1.2 * (1.9 * u).sin()).sin() * 0.25
    noise = hashed(22 * u, 22 * v, torch.zeros_like(u)) * 0.3
    return mixed((0.64, 0.54, 0.38), (0.86, 0.78, 0.58), (0.4 + ripple + noise).clamp(0, 1))


def _grassy(u: Tensor, v: Tensor) -> Tensor:
    blades = hashed(16 * u + 3 * (4 * v).sin(), 7 * v, torch.ones_like(u))
    return mixed((0.10, 0.26, 0.08), (0.36, 0.54, 0.20), blades)


def backdrop_colour(backdrop: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the colour of points of the upright backdrop, (n, points, 3).

    Args:
        backdrop: (n,), index of the backdrop.
        x: to the right, (n, points).
        y: above the floor, (n, points).
    """
    out = torch.empty(*x.shape, 3, device=x.device)
    for index, pattern in enumerate(
        (_grey_wall, _blue_sky, _sunset, _brick_wall, *UNSEEN_BACKDROPS)
    ):
        rows = (backdrop == index).nonzero()[:, 0]
        if len(rows):
            out[rows] = pattern(x[rows], y[rows])
    return out


def _grey_wall(x: Tensor, y: Tensor) -> Tensor:
    return mixed((0.50, 0.50, 0.52), (0.64, 0.64, 0.66), (0.25 * y + 0.05 * x + 0.3).clamp(0, 1))


def _blue_sky(x: Tensor, y: Tensor) -> Tensor:
    cloud = ((1.3 * x).sin() + (2.1 * x + 3 * y).sin() * 0.6 + (4 * y).sin() * 0.4 - 0.7).clamp(
        0, 1
    )
    sky = mixed((0.78, 0.87, 0.95), (0.36, 0.58, 0.88), (0.35 * y).clamp(0, 1))
    return sky + cloud[..., None] * 0.8 * (0.97 - sky)


def _sunset(x: Tensor, y: Tensor) -> Tensor:  # noqa: ARG001
    low = mixed((0.98, 0.72, 0.36), (0.78, 0.34, 0.36), (0.8 * y).clamp(0, 1))
    return low + (0.4 * y - 0.5).clamp(0, 1)[..., None] * (
        torch.tensor((0.24, 0.16, 0.36), device=y.device) - low
    )


def _brick_wall(x: Tensor, y: Tensor) -> Tensor:
    course = (3.2 * y).floor()
    along = 1.5 * x + 0.5 * course
    mortar = ((along.frac() + 1).frac() < 0.09) | ((3.2 * y - course) < 0.16)
    tone = ((along.floor() * 3.7 + course * 1.9).sin() * 0.25 + 0.6).where(~mortar, torch.ones(()))
    brick = mixed((0.40, 0.18, 0.14), (0.62, 0.30, 0.24), tone)
    grey = torch.tensor((0.70, 0.68, 0.64), device=x.device)
    return torch.where(mortar[..., None], grey, brick)
