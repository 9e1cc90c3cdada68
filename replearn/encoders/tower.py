"""The image network in torch, cut where heat maps need it."""

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
        trunk: nn.Module,
        head: nn.Module,
        spatial: bool,
        linear: nn.Linear | None,
    ) -> None:
        super().__init__()
        self.trunk = trunk
        self.head = head
        self.spatial = spatial
        # in a tuple, for it is a part of `head` already and must not be registered twice
        self._linear = (linear,)

    @property
    def linear(self) -> nn.Linear | None:
        """The one linear layer behind global average pooling, or None."""
        return self._linear[0]

    def features(self, pixels: Tensor) -> Tensor:
        """Return what the head pools: (n, c, h, w) where `spatial` is true."""
        features: Tensor = self.trunk(pixels)
        return features

    def forward(self, pixels: Tensor) -> Tensor:
        """Return logits or the unnormalised embedding, (n, k)."""
        outputs: Tensor = self.head(self.trunk(pixels))
        return outputs

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return next(self.parameters()).device
