"""The code of a picture: how strongly each unit of a network responds to it, in few numbers."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.tower import ImageTower
from replearn.visualisations.objectives import OUTPUTS, Seen, seen_by

EDGE = 0.01  # a coordinate's usual range leaves out so many of the pictures at each end


@dataclass(frozen=True, eq=False)
class Watched:
    """A network that is only looked at.

    Attributes:
        tower: it, ending in its vector.
        layers: whose units' mean responses are read, shallow to deep.
        cells: a side, over each of which a response is averaged; 1 takes the whole picture.
        preprocessing: how it wants its pictures.
    """

    tower: ImageTower
    layers: tuple[str, ...]
    cells: int
    preprocessing: Preprocessing

    def seen(self, pictures: Tensor) -> Seen:
        """Return what the layers give for pictures (n, 3, s, s), from 0 to 1."""
        side = self.preprocessing.crop
        if tuple(pictures.shape[2:]) != (side, side):
            pictures = F.interpolate(pictures, (side, side), mode="bilinear", antialias=True)
        mean, std = (
            torch.tensor(part).to(pictures)[:, None, None]
            for part in (self.preprocessing.mean, self.preprocessing.std)
        )
        pixels = ((pictures - mean) / std).contiguous(memory_format=torch.channels_last)
        return seen_by(self.tower, pixels, self.layers)

    def means(self, seen: Seen) -> Tensor:
        """Return each unit's mean over each cell, layer after layer, (n, d).

        Args:
            seen: what `seen` gave; `OUTPUTS` are taken as they are.
        """
        parts = [
            seen[name]
            if name == OUTPUTS
            else F.adaptive_avg_pool2d(seen[name], self.cells).flatten(1)
            for name in self.layers
        ]
        return torch.cat(parts, 1)


class Code(nn.Module):
    """Mean responses in their principal directions, each of variance 1, and their usual range.

    Args:
        responses: d, how many units are read.
        components: k, how many directions are kept.
    """

    mean: Tensor  # (d,)
    directions: Tensor  # (d, k): from responses less their mean to the code
    lowest: Tensor  # (k,), and `highest`: what all but few pictures stay within
    highest: Tensor
    longest: Tensor  # (), the same for the code's length

    def __init__(self, responses: int, components: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(responses))
        self.register_buffer("directions", torch.zeros(responses, components))
        self.register_buffer("lowest", -torch.ones(components))
        self.register_buffer("highest", torch.ones(components))
        self.register_buffer("longest", torch.tensor(components**0.5))

    def forward(self, responses: Tensor) -> Tensor:
        """Return codes (n, k) of mean responses (n, d)."""
        return (responses - self.mean) @ self.directions

    @torch.no_grad()
    def fit(self, responses: Tensor) -> None:
        """Take directions and ranges from responses (n, d) of pictures, n above k."""
        found = responses.double()
        self.mean.copy_(found.mean(0))
        spread = found.std(0).clamp_min(1e-6)  # a unit that never responds says nothing
        values = (found - found.mean(0)) / spread
        _, sizes, axes = torch.linalg.svd(values, full_matrices=False)
        kept = self.directions.shape[1]
        scale = sizes[:kept].clamp_min(1e-6) / (len(found) - 1) ** 0.5
        self.directions.copy_(axes[:kept].T / scale / spread[:, None])
        codes = self(responses.float())
        ends = torch.tensor([EDGE, 1 - EDGE])
        low, high = torch.quantile(codes, ends, dim=0)
        self.lowest.copy_(low)
        self.highest.copy_(high)
        self.longest.copy_(torch.quantile(codes.norm(dim=1), 1 - EDGE))

    @torch.no_grad()
    def held(self, codes: Tensor) -> Tensor:
        """Return codes within the usual range of each coordinate, and then of the length."""
        within = codes.clamp(self.lowest, self.highest)
        too_long = within.norm(dim=-1, keepdim=True) / self.longest
        found: Tensor = within / too_long.clamp_min(1)
        return found
