"""A network that sees small patches only and averages their votes, for small pictures.

BagNet (Brendel and Bethge 2019, https://arxiv.org/abs/1904.00760): few 3 x 3 convolutions, the rest
1 x 1, none padded, so that each cell of the last map knows one patch and not where it lies.
"""

import torch
from torch import Tensor, nn


class SmallBagNet(nn.Module):
    """Patches of 17 x 17 pixels, 4 apart; 12 x 12 of them on a picture of 64 pixels.

    Args:
        width: channels of the first stage; the last has eight times as many.
        classes: of the last layer.
    """

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.num_features = 8 * width
        sizes = ((3, width, 1), (width, 2 * width, 2), (2 * width, 4 * width, 2))
        stages = [_Stage(before, after, stride) for before, after, stride in sizes]
        self.stages = nn.Sequential(*stages, _Stage(4 * width, self.num_features, 1))
        self.global_pool = _AveragePool()
        self.fc = nn.Linear(self.num_features, classes)

    def forward_features(self, pixels: Tensor) -> Tensor:
        """Return a vector for each patch, (n, 8 * width, rows, columns)."""
        patches: Tensor = self.stages(pixels)
        return patches

    def forward_head(self, patches: Tensor, pre_logits: bool = False) -> Tensor:
        """Return pooled features, (n, 8 * width), or logits: the mean of the patches' votes."""
        pooled: Tensor = self.global_pool(patches)
        return pooled if pre_logits else self.fc(pooled)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return logits, (n, classes)."""
        return self.forward_head(self.forward_features(pixels))

    def get_classifier(self) -> nn.Linear:
        """Return the last layer, which may be applied to every patch alone."""
        return self.fc


class _AveragePool(nn.Module):
    pool_type = "avg"  # what timm's networks say of theirs

    def forward(self, patches: Tensor) -> Tensor:
        pooled: Tensor = patches.mean((2, 3))
        return pooled


class _Stage(nn.Module):
    """One 3 x 3 convolution, which widens what a cell sees, and a residual 1 x 1 pair."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.wider = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, bias=False), nn.BatchNorm2d(after), nn.ReLU()
        )
        self.deeper = nn.Sequential(
            nn.Conv2d(after, after, 1, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(),
            nn.Conv2d(after, after, 1, bias=False),
            nn.BatchNorm2d(after),
        )

    def forward(self, maps: Tensor) -> Tensor:
        maps = self.wider(maps)
        return torch.relu(maps + self.deeper(maps))
