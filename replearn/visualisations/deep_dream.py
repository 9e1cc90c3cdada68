"""DeepDream: a picture changed so that a layer responds more to what it responds to already.

Mordvintsev, Olah and Tyka 2015, Inceptionism
(https://research.google/blog/inceptionism-going-deeper-into-neural-networks/).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.core.progress import Progress, silent
from replearn.encoders.tower import ImageTower
from replearn.visualisations.objectives import Objective, seen_by


@dataclass(frozen=True)
class DreamSettings:
    """How a picture is dreamt on.

    Attributes:
        octaves: sizes, the smallest first: large forms before small ones.
        ratio: between two sizes.
        steps: at each size.
        strength: the mean change of a step, from 0 to 1.
        smallest: side in pixels below which there is no octave.
        tile: side in pixels of what the network is shown at a time.
    """

    octaves: int = 4
    ratio: float = 1.4
    steps: int = 8
    strength: float = 0.012
    smallest: int = 75
    tile: int = 448


def deep_dream(
    tower: ImageTower,
    objective: Objective,
    picture: Tensor,
    settings: DreamSettings,
    normalise: Callable[[Tensor], Tensor],
    generator: torch.Generator,
    progress: Progress = silent,
) -> Iterator[Tensor]:
    """Yield the picture (1, 3, h, w), from 0 to 1, after every step; the last one is the whole.

    Args:
        tower: the network; left as it is.
        objective: what rises.
        picture: (1, 3, h, w), from 0 to 1.
        settings: how.
        normalise: from a picture between 0 and 1 to what the network wants, at its size.
        generator: of the shifts that hide the tiles' edges.
        progress: told before each step; may raise `StoppedError`.
    """
    sizes = octave_sizes(picture.shape[2], picture.shape[3], settings)
    detail = torch.zeros_like(picture)
    total = len(sizes) * settings.steps
    for number, size in enumerate(sizes):
        plain = _resized(picture, size)
        changed = plain + _resized(detail, size)
        for step in range(settings.steps):
            progress(number * settings.steps + step, total, "steps")
            gradient = tiled_gradient(
                tower, objective, changed, settings.tile, normalise, generator
            )
            size_of_it = gradient.abs().mean().clamp(min=1e-12)
            changed = (changed + settings.strength * gradient / size_of_it).clamp(0, 1)
            yield changed if number == len(sizes) - 1 else _resized(changed, sizes[-1])
        detail = changed - plain


def octave_sizes(height: int, width: int, settings: DreamSettings) -> list[tuple[int, int]]:
    """Return the sizes (height, width), the smallest first; the last is the picture's own."""
    sizes = []
    for number in range(settings.octaves):
        factor = settings.ratio**-number
        size = round(height * factor), round(width * factor)
        if number and min(size) < settings.smallest:
            break
        sizes.append(size)
    return sizes[::-1]


def tiled_gradient(
    tower: ImageTower,
    objective: Objective,
    picture: Tensor,
    tile: int,
    normalise: Callable[[Tensor], Tensor],
    generator: torch.Generator,
) -> Tensor:
    """Return the objective's gradient, (1, 3, h, w), from tiles at a random place each time.

    Memory is bounded by the tile, whatever the picture's size.
    """
    height, width = picture.shape[2:]
    down, right = (
        int(torch.randint(0, side, (1,), generator=generator)) if side > tile else 0
        for side in (height, width)
    )
    rolled = picture.roll((down, right), (2, 3))
    gradient, counted = torch.zeros_like(rolled), torch.zeros_like(rolled[:, :1])
    for top in _starts(height, tile):
        for left in _starts(width, tile):
            window = (..., slice(top, top + tile), slice(left, left + tile))
            with torch.enable_grad():
                part = rolled[window].detach().clone().requires_grad_(True)
                pixels = normalise(part.to(tower.device))
                pixels = pixels.contiguous(memory_format=torch.channels_last)
                value = objective.value(seen_by(tower, pixels, objective.reads)).sum()
                (found,) = torch.autograd.grad(value, part)
            gradient[window] += found
            counted[window] += 1
    return (gradient / counted).roll((-down, -right), (2, 3))


def tiled_value(
    tower: ImageTower,
    objective: Objective,
    picture: Tensor,
    tile: int,
    normalise: Callable[[Tensor], Tensor],
) -> float:
    """Return the objective's mean over the tiles of a picture (1, 3, h, w)."""
    values = []
    for top in _starts(picture.shape[2], tile):
        for left in _starts(picture.shape[3], tile):
            part = picture[..., top : top + tile, left : left + tile].to(tower.device)
            with torch.inference_mode():
                seen = seen_by(tower, normalise(part), objective.reads)
                values.append(float(objective.value(seen)[0]))
    return sum(values) / len(values)


def _starts(side: int, tile: int) -> list[int]:
    """Return where tiles begin: all of the same size, the last one over its neighbour."""
    if side <= tile:
        return [0]
    return [*range(0, side - tile, tile), side - tile]


def _resized(picture: Tensor, size: tuple[int, int]) -> Tensor:
    if tuple(picture.shape[2:]) == size:
        return picture
    return F.interpolate(picture, size, mode="bilinear", antialias=True)
