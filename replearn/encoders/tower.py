"""The image network in torch, cut where heat maps need it."""

from collections.abc import Callable

import torch
from torch import Tensor, nn


class ImageTower(nn.Module):
    """An image network as `head(features(pixels))`.

    Attributes:
        trunk: the network up to what is pooled; gives (n, c, h, w) where `spatial` is true.
        head: from the trunk's output to the outputs (n, k): pooling and last layer.
        spatial: whether the trunk's output is a spatial map.
        linear: the last layer, where the network ends in global average pooling and one linear
            layer, so that a class activation map is exact; else None.
    """

    def __init__(
        self,
        trunk: Callable[[Tensor], Tensor],
        head: Callable[[Tensor], Tensor],
        modules: nn.Module,
        spatial: bool,
        linear: nn.Linear | None,
    ) -> None:
        super().__init__()
        self.trunk = trunk
        self.head = head
        self.network = modules
        self.spatial = spatial
        self.linear = linear

    def features(self, pixels: Tensor) -> Tensor:
        """Return what the head pools: (n, c, h, w) where `spatial` is true."""
        return self.trunk(pixels)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return logits or the unnormalised embedding, (n, k)."""
        return self.head(self.trunk(pixels))

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return next(self.network.parameters()).device
