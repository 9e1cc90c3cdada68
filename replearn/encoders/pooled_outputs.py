"""One graph for two answers: pooled features and logits, so that an engine runs the trunk once."""

import torch
from torch import Tensor, nn


class PooledAndLogits(nn.Module):
    """A timm classifier whose output is its pooled features followed by its logits."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        """Return (n, d + classes)."""
        features = self.network.forward_features(pixels)  # type: ignore[operator]
        pooled = self.network.forward_head(features, pre_logits=True)  # type: ignore[operator]
        logits = self.network.get_classifier()(pooled)  # type: ignore[operator]
        return torch.cat([pooled, logits], dim=1)
