"""A picture moved, turned and scaled a little at random, so that no single view decides."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Wobble:
    """How far pictures are moved at each step, all at once by one resampling.

    Attributes:
        jitter: share of the side, each way.
        turn: degrees, each way.
        scale: share of the size, each way.
    """

    jitter: float = 0.07
    turn: float = 10.0
    scale: float = 0.15

    def __call__(self, pictures: Tensor, generator: torch.Generator) -> Tensor:
        """Return pictures (n, 3, h, w), each moved by its own draw; edges are mirrored."""
        draws = 2 * self._drawn(len(pictures), generator) - 1
        angle = torch.deg2rad(self.turn * draws[0])
        size = 1 + self.scale * draws[1]
        cosine, sine = torch.cos(angle) / size, torch.sin(angle) / size
        # the grid runs from -1 to 1, so that a share of the side counts twice
        right, down = 2 * self.jitter * draws[2], 2 * self.jitter * draws[3]
        rows = [torch.stack([cosine, -sine, right], 1), torch.stack([sine, cosine, down], 1)]
        moves = torch.stack(rows, 1).to(pictures)  # (n, 2, 3)
        grid = F.affine_grid(moves, list(pictures.shape), align_corners=False)
        return F.grid_sample(
            pictures, grid, mode="bilinear", padding_mode="reflection", align_corners=False
        )

    def _drawn(self, count: int, generator: torch.Generator) -> Tensor:
        """Return numbers from 0 to 1: turn, size, right and down of each picture, (4, count)."""
        return torch.rand(4, count, generator=generator)


class MovedTogether(Wobble):
    """All pictures of a batch are moved alike, so that they differ by what they are made for."""

    def _drawn(self, count: int, generator: torch.Generator) -> Tensor:
        return torch.rand(4, 1, generator=generator).expand(4, count)
