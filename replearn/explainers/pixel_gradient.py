"""The score's gradient at the pixels, which several explainers start from."""

import torch
from torch import Tensor

from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Score


def pixel_gradient(tower: ImageTower, pixels: Tensor, score: Score) -> Tensor:
    """Return d score / d pixels, (n, 3, h, w); `pixels` is left unchanged."""
    with torch.enable_grad():
        leaf = pixels.detach().clone().requires_grad_(True)
        # a clone, for a network may begin with an operation in place
        total = score(tower(leaf.clone())).sum()
        (gradient,) = torch.autograd.grad(total, leaf)
    return gradient
