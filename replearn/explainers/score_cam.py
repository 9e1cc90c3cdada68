"""Score-CAM (Wang et al. 2020): each feature map covers the picture, and the score weighs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Passes, Score
from replearn.explainers.layers import activations, usual_layer
from replearn.explainers.masked import masked_scores


@dataclass(frozen=True)
class ScoreCam(Explainer):
    """Forward passes only, as many as the layer has channels.

    Attributes:
        layer: a name of `layers`; empty takes `usual_layer`.
        batch: pictures a forward pass; memory grows with it, the map doesn't change.
    """

    layer: str = ""
    batch: int = 16

    name: ClassVar[str] = "score-cam"
    paper: ClassVar[str] = "https://arxiv.org/abs/1910.01279"
    needs_gradients: ClassVar[bool] = False

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return non-negative values, (n, h, w) at the layer's resolution."""
        tower = encoder.tower()
        whole = torch.from_numpy(pixels).to(tower.device)
        maps = activations(tower, self.layer or usual_layer(tower, whole), whole).cpu()
        found = []
        for picture, channels in zip(pixels, maps, strict=True):
            masks = self._masks(channels, picture.shape[1:])
            parts = masked_scores(encoder, picture, masks, score, progress, len(channels))
            weights = torch.softmax(torch.from_numpy(np.concatenate(list(parts))), 0)  # (c,)
            found.append(torch.einsum("chw,c->hw", channels, weights).relu().numpy())
        return np.stack(found)

    def passes(self, tower: ImageTower, pixels: Tensor) -> Passes:
        """Return how often the network runs: once for each channel of the layer."""
        layer = self.layer or usual_layer(tower, pixels)
        return Passes(forward=activations(tower, layer, pixels).shape[1])

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network has a layer whose output lies over the picture."""
        return tower.spatial or tower.tokens is not None

    def place(self, tower: ImageTower, pixels: Tensor) -> str:
        """Return the layer's name."""
        return self.layer or usual_layer(tower, pixels)

    def _masks(self, channels: Tensor, size: tuple[int, ...]) -> Iterator[Maps]:
        """Yield batches of the channels enlarged and stretched to [0, 1], (b, *size)."""
        for some in torch.split(channels, self.batch):
            mask = F.interpolate(some[None], size, mode="bilinear", align_corners=True)[0]
            low, high = mask.amin((1, 2), keepdim=True), mask.amax((1, 2), keepdim=True)
            yield ((mask - low) / (high - low + 1e-8)).numpy()
