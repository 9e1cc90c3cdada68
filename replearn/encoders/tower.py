"""The image network in torch, cut where heat maps need it."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

POOLED = "last feature map"  # of a network that ends in pooling: a layer's name


@dataclass(frozen=True)
class TokenGrid:
    """How a transformer's tokens (n, prefix + rows * columns, d) lie over the picture.

    Attributes:
        prefix: class and register tokens, which come first and have no place.
        rows, columns: of the patches.
    """

    prefix: int
    rows: int
    columns: int

    def map_of(self, tokens: Tensor) -> Tensor:
        """Return tokens (n, t, d) as a map, (n, d, rows, columns)."""
        patches = tokens[:, self.prefix :].transpose(1, 2)  # (n, d, patches)
        return patches.reshape(*patches.shape[:2], self.rows, self.columns)

    def fits(self, tokens: Tensor) -> bool:
        """Say whether a tensor has these tokens."""
        return tokens.ndim == 3 and tokens.shape[1] == self.prefix + self.rows * self.columns


class ImageTower(nn.Module):
    """An image network as `head(features(pixels))`.

    Attributes:
        trunk: the network up to what is pooled; gives (n, c, h, w) where `spatial` is true.
        head: from the trunk's output to the outputs (n, k): pooling and last layer.
        spatial: whether the trunk's output is a spatial map.
        linear: the last layer, where the network ends in global average pooling and one linear
            layer, so that a class activation map is exact; else None.
        tokens: how its tokens lie, where it is a transformer; else None.
    """

    def __init__(
        self,
        trunk: nn.Module,
        head: nn.Module,
        spatial: bool,
        linear: nn.Linear | None,
        tokens: TokenGrid | None = None,
    ) -> None:
        super().__init__()
        self.trunk = trunk
        self.head = head
        self.spatial = spatial
        self.tokens = tokens
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
        """Where the weights lie; the processor where there are none."""
        return next((part.device for part in self.parameters()), torch.device("cpu"))


def as_map(tower: ImageTower, output: Tensor) -> Tensor | None:
    """Return a layer's output as a map (n, c, h, w); None where it doesn't lie over the picture."""
    if output.ndim == 4 and output.shape[-1] > 1:
        return output
    if tower.tokens is not None and tower.tokens.fits(output):
        return tower.tokens.map_of(output)
    return None
