"""A score as a sum over the channels and cells of the last map, for networks that pool it.

Zhou et al. 2016, https://arxiv.org/abs/1512.04150: where average pooling and one linear layer
follow, the sum is exact.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from replearn.core.errors import CapabilityError
from replearn.encoders.tower import ImageTower


@dataclass(frozen=True, eq=False)
class ChannelParts:
    """The terms that add up to the outputs (n, k), before they are scaled to length 1.

    Attributes:
        maps: (n, channels, rows, columns), the last map, each cell over the number of cells.
        weights: (k, channels), of the last layer.
        bias: (k,), of the last layer.
    """

    maps: Tensor
    weights: Tensor
    bias: Tensor

    def channels(self, direction: Tensor) -> Tensor:
        """Return each channel's and cell's share of scores, (n, channels, rows, columns).

        Args:
            direction: (n, k); a score is the output's product with this.
        """
        return self.maps * (direction @ self.weights)[..., None, None]

    def sum(self) -> Tensor:
        """Return the outputs, (n, k)."""
        return self.maps.sum((2, 3)) @ self.weights.T + self.bias


def pooled_linear(tower: ImageTower, name: str) -> nn.Linear:
    """Return the one linear layer behind a network's average pooling.

    Raises:
        CapabilityError: it ends in something else.
    """
    if tower.linear is None:
        raise CapabilityError(
            f"{name} can't be split over channels, for it doesn't end in average pooling and one "
            "linear layer; imagenet and the shapes networks do."
        )
    return tower.linear


def channel_parts(tower: ImageTower, name: str, pixels: Tensor) -> ChannelParts:
    """Split outputs over channels and cells.

    Args:
        tower: the network.
        name: the model's, for the sentence that refuses it.
        pixels: (n, 3, h, w).

    Raises:
        CapabilityError: the network doesn't end in average pooling and one linear layer.
    """
    pooled_linear(tower, name)
    with torch.inference_mode():
        return parts_of_maps(tower, name, tower.features(pixels))


def parts_of_maps(tower: ImageTower, name: str, maps: Tensor) -> ChannelParts:
    """Split outputs over what `tower.features` gave, (n, channels, rows, columns).

    Raises:
        CapabilityError: the network doesn't end in average pooling and one linear layer.
    """
    last = pooled_linear(tower, name)
    bias = torch.zeros(last.out_features).to(maps) if last.bias is None else last.bias
    return ChannelParts(maps / maps[0, 0].numel(), last.weight, bias)
