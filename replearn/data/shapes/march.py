"""Along a ray to a signed-distance surface (sphere tracing, Hart 1996)."""

import torch
from torch import Tensor

STEPS = (8, 8, 10)  # of marching; rays that are done are dropped between
SHADOW_STEPS = 14
NEAR = 0.004  # closer than this to a surface is on it, in units of the solid


def in_axes(vectors: Tensor, turn: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return world vectors (n, 3) in the solids' axes, as three contiguous rows."""
    x, y, z = vectors.unbind(1)
    return tuple(  # type: ignore[return-value]
        x * turn[:, 0, axis] + y * turn[:, 1, axis] + z * turn[:, 2, axis] for axis in range(3)
    )


def closest_approach(distance, start, ray, first: Tensor, last: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
    """March with a fixed number of steps; return the least distance met on the way."""
    t, nearest = first.clone(), torch.full_like(first, torch.inf)
    for _ in range(SHADOW_STEPS):
        d = distance(*(s + t * r for s, r in zip(start, ray, strict=True)))
        nearest = torch.minimum(nearest, torch.where(t <= last, d, torch.inf))
        t += d.clamp(min=0.03)
    return nearest


def march(distance, start, ray, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[no-untyped-def]
    """Return where each ray meets the solid, or comes nearest to it, and the distance there."""
    best_t, best_d = first.clone(), torch.full_like(first, torch.inf)
    active = torch.arange(len(first), device=first.device)
    t = first
    for steps in STEPS:
        s, r = [v[active] for v in start], [v[active] for v in ray]
        nearest_t, nearest_d = best_t[active], best_d[active]
        for _ in range(steps):
            d = distance(*(a + t * b for a, b in zip(s, r, strict=True)))
            closer = d < nearest_d
            nearest_t = torch.where(closer, t, nearest_t)
            nearest_d = torch.minimum(d, nearest_d)
            t = t + d
        best_t[active], best_d[active] = nearest_t, nearest_d
        going = (nearest_d > NEAR) & (t < last[active])
        active, t = active[going], t[going]
        if not len(active):
            break
    return best_t, best_d.clamp_(min=0).masked_fill_(best_d < NEAR, 0)


def normals(distance, point: list[Tensor]) -> list[Tensor]:  # type: ignore[no-untyped-def]
    """Return outward unit normals by central differences."""
    step = 0.01
    raw = []
    for axis in range(3):
        ahead, behind = list(point), list(point)
        ahead[axis] = point[axis] + step
        behind[axis] = point[axis] - step
        raw.append(distance(*ahead) - distance(*behind))
    length = sum(v * v for v in raw).sqrt().clamp(min=1e-9)
    return [v / length for v in raw]
