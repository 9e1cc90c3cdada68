"""What all surfaces are made from: a mix of two colours, and noise by place."""

import torch
from torch import Tensor

Colour = tuple[float, float, float]


def mixed(low: Colour, high: Colour, by: Tensor) -> Tensor:
    """Return colours between two, (..., 3), for shares (...)."""
    start, end = torch.tensor(low, device=by.device), torch.tensor(high, device=by.device)
    return start + by[..., None] * (end - start)


def hashed(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """Return noise in [0, 1) that is constant on unit cells."""
    scrambled = x.floor() * 12.9898 + y.floor() * 78.233 + z.floor() * 37.719
    return (scrambled.sin() * 437.5453).frac().abs()
