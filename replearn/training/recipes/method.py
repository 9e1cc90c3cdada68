"""What a recipe trains: a network with a loss on batches."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True, eq=False)
class Views:
    """What a method sees of a batch.

    Attributes:
        pixels: one or two views of each picture, (n, 3, s, s), scaled to [-1, 1].
        labels: (n,).
        texts: a caption each.
    """

    pixels: tuple[Tensor, ...]
    labels: Tensor
    texts: tuple[str, ...]


class Method(nn.Module, ABC):
    """A network and its loss.

    Attributes:
        view_count: how many augmented views of a picture the loss wants.
    """

    view_count = 2

    @abstractmethod
    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return the global batch's loss and this process's pairs of unit vectors, (n, d)."""

    @abstractmethod
    def features(self, pixels: Tensor) -> Tensor:
        """Return what later work uses of the network, (n, d), not normalised."""

    def project(self, pixels: Tensor) -> Tensor:
        """Return the unit vectors that the loss compares, (n, d), float32."""
        return F.normalize(self.features(pixels).float(), dim=1)

    def after_step(self) -> None:
        """Do what follows the optimiser's step."""


class ResnetMethod(Method):
    """A small ResNet under a projection head that training alone uses (Chen et al. 2020).

    Args:
        network: ends in a linear layer, which is left out here.
        dimensions: of the projection.
    """

    def __init__(self, network: nn.Module, dimensions: int = 128) -> None:
        super().__init__()
        self.network = network
        width: int = network.num_features  # type: ignore[assignment]
        self.projection = nn.Sequential(
            nn.Linear(width, width, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Linear(width, dimensions),
        )

    def features(self, pixels: Tensor) -> Tensor:
        """Return pooled features, (n, 8 * width)."""
        maps = self.network.forward_features(pixels)  # type: ignore[operator]
        pooled: Tensor = self.network.forward_head(maps, pre_logits=True)  # type: ignore[operator]
        return pooled

    def project(self, pixels: Tensor) -> Tensor:
        """Return unit vectors of the projection, (n, dimensions), float32."""
        return F.normalize(self.projection(self.features(pixels)).float(), dim=1)

    def project_pair(self, first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
        """Return both views' unit vectors, from one pass (one set of batch statistics)."""
        both = self.project(torch.cat([first, second]))
        return both[: len(first)], both[len(first) :]


class ContrastiveMethod(ResnetMethod):
    """A projection under a loss with a temperature.

    Args:
        network: the small ResNet.
        temperature: of the loss.
    """

    def __init__(self, network: nn.Module, temperature: float) -> None:
        super().__init__(network)
        self.temperature = temperature
