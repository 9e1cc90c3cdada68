"""Signed distances of the solids, about the origin, within a sphere of radius 1.1.

Each is a lower bound of the distance, so that marching along a ray never passes through; the
formulas follow Hart 1996, "Sphere tracing".
"""

from collections.abc import Callable

import torch
from torch import Tensor

from replearn.data.shapes.vocabulary import SOLIDS

BOUND = 1.1
Distance = Callable[[Tensor, Tensor, Tensor], Tensor]

_SLOPE = 0.8944272, 0.4472136  # cosine and sine of a side that rises two for one


def sphere(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return the distance to a sphere of radius 0.86."""
    return (x * x + y * y + z * z).sqrt_().sub_(0.86)


def cube(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return a lower bound of the distance to a cube of half side 0.63."""
    return torch.maximum(torch.maximum(x.abs(), y.abs()), z.abs()).sub_(0.63)


def cylinder(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return a lower bound of the distance to an upright cylinder."""
    side = (x * x + z * z).sqrt_().sub_(0.58)
    return torch.maximum(side, y.abs().sub_(0.78))


def cone(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return a lower bound of the distance to a cone that stands on its base."""
    across = (x * x + z * z).sqrt_()
    side = across * _SLOPE[0] + (y - 0.9) * _SLOPE[1]
    return torch.maximum(side, -0.68 - y)


def torus(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return the distance to a torus that lies flat."""
    across = (x * x + z * z).sqrt_().sub_(0.68)
    return (across * across + y * y).sqrt_().sub_(0.3)


def capsule(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return the distance to an upright capsule."""
    along = y - y.clamp(-0.56, 0.56)
    return (x * x + along * along + z * z).sqrt_().sub_(0.44)


def pyramid(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return a lower bound of the distance to a squat pyramid on a square base."""
    across = torch.maximum(x.abs(), z.abs())
    return torch.maximum((across + y - 0.4) * 0.70710678, -0.34 - y)


def octahedron(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return a lower bound of the distance to a regular octahedron."""
    return (x.abs() + y.abs() + z.abs()).sub_(1.02).mul_(0.57735027)


DISTANCES: tuple[Distance, ...] = (
    sphere,
    cube,
    cylinder,
    cone,
    torus,
    capsule,
    pyramid,
    octahedron,
)
assert [distance.__name__ for distance in DISTANCES] == list(SOLIDS)


def depth_below(solid: Tensor, down: Tensor) -> Tensor:
    """Return how far each solid reaches in a direction: its support function.

    Args:
        solid: (n,), indices into `SOLIDS`.
        down: (n, 3), unit vectors in the solid's own axes.

    Returns:
        (n,), in units of the solid.
    """
    x, y, z = down.abs().unbind(1)
    upright = down[:, 1]
    flat = (x * x + z * z).sqrt()
    reach = torch.stack(
        [
            torch.full_like(x, 0.86),
            0.63 * (x + y + z),
            0.58 * flat + 0.78 * y,
            torch.maximum(0.9 * upright, 0.79 * flat - 0.68 * upright),
            0.68 * flat + 0.3,
            0.56 * y + 0.44,
            torch.maximum(0.4 * upright, 0.74 * (x + z) - 0.34 * upright),
            1.02 * torch.maximum(torch.maximum(x, y), z),
        ]
    )  # (solids, n)
    return reach.gather(0, solid[None])[0]
