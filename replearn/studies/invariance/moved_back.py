"""A feature map moved back by what its picture was moved, and compared with the clean one."""

import math

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

Floats = npt.NDArray[np.float64]
MARGIN = 1 / 8  # of the map's width: what lies nearer to the border has seen what isn't the picture


def compared(clean: Tensor, moved: Tensor, factor: str, level: float) -> Floats:
    """Return three cosines per picture, (n, 3): as the map stands, moved back, and pooled.

    Args:
        clean: (n, c, h, w), of the untouched pictures.
        moved: (n, c, h, w), of the moved ones.
        factor: "translation" (share of the width, to the right) or "rotation" (degrees,
            anticlockwise).
        level: of the factor.
    """
    theta = _forward(factor, level).to(clean)
    size = [1, 1, *clean.shape[2:]]
    places = F.affine_grid(torch.eye(2, 3)[None].to(clean), size, align_corners=False)
    sources = F.affine_grid(theta[None], size, align_corners=False)  # (1, h, w, 2)
    inside = (_within(places) & _within(sources))[0]  # (h, w)
    back = F.grid_sample(
        moved,
        sources.expand(len(moved), -1, -1, -1),
        padding_mode="border",
        align_corners=False,
    )
    pairs = (
        (clean[:, :, inside], moved[:, :, inside]),
        (clean[:, :, inside], back[:, :, inside]),
        (clean.mean((2, 3)), moved.mean((2, 3))),
    )
    return np.stack([_cosines(one, other) for one, other in pairs], 1)


def _forward(factor: str, level: float) -> Tensor:
    """Return (2, 3): from a place of the clean map to its place in the moved one; -1 to 1."""
    if factor == "translation":
        return torch.tensor([[1.0, 0.0, 2 * level], [0.0, 1.0, 0.0]])
    angle = math.radians(level)
    cos, sin = math.cos(angle), math.sin(angle)
    return torch.tensor([[cos, sin, 0.0], [-sin, cos, 0.0]])  # y points down


def _within(places: Tensor) -> Tensor:
    # a little more, for sines that should be whole
    return (places.abs() <= 1 - 2 * MARGIN + 1e-4).all(-1)


def _cosines(one: Tensor, other: Tensor) -> Floats:
    """Return the cosine of each picture's numbers, (n,); nan where nothing is left to compare."""
    first, second = one.flatten(1).double(), other.flatten(1).double()
    if not first.shape[1]:
        return np.full(len(first), np.nan)
    return np.asarray(F.cosine_similarity(first, second, dim=1, eps=1e-12).cpu().numpy())
