"""Ablation-CAM (Desai and Ramaswamy 2020): a channel weighs what its absence costs the score."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch

from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import POOLED, ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Score


@dataclass(frozen=True)
class AblationCam(Explainer):
    """On the map that is pooled, so that the network's head alone runs again for each channel.

    Attributes:
        batch: channels a forward pass of the head.
    """

    batch: int = 64

    name: ClassVar[str] = "ablation-cam"
    paper: ClassVar[str] = "https://doi.org/10.1109/WACV45572.2020.9093360"
    needs_gradients: ClassVar[bool] = False

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return non-negative values, (n, h, w) at the feature map's resolution.

        Raises:
            CapabilityError: the network has no spatial feature map before its pooling.
        """
        tower = encoder.tower()
        if not tower.spatial:
            raise CapabilityError(
                f"ablation-cam needs a feature map before the pooling, which {encoder.name} "
                "doesn't give: imagenet and photo-clip do; or choose attention-relevance or "
                "occlusion."
            )
        found = []
        with torch.inference_mode():
            features = tower.features(torch.from_numpy(pixels).to(tower.device))  # (n, c, h, w)
            whole = score(tower.head(features))  # (n,)
            for picture, clean in zip(features, whole, strict=True):
                without = torch.cat(
                    [
                        score(tower.head(self._ablated(picture, channels)))
                        for channels in self._parts(len(picture), progress)
                    ]
                )
                weights = (clean - without) / clean  # (c,)
                found.append(torch.einsum("chw,c->hw", picture, weights).relu().cpu().numpy())
        return np.stack(found).astype(np.float32)

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network has a feature map before its pooling."""
        return tower.spatial

    def place(self, tower: ImageTower, pixels: torch.Tensor) -> str:  # noqa: ARG002
        """Return the map that is pooled."""
        return POOLED

    def _parts(self, channels: int, progress: Progress):  # type: ignore[no-untyped-def]
        for start in range(0, channels, self.batch):
            progress(start, channels, "channels left out")
            yield range(start, min(start + self.batch, channels))
        progress(channels, channels, "channels left out")

    @staticmethod
    def _ablated(picture: torch.Tensor, channels: range) -> torch.Tensor:
        """Return copies of a map (c, h, w), each without one channel, (b, c, h, w)."""
        copies = picture.repeat(len(channels), 1, 1, 1)
        copies[torch.arange(len(channels)), list(channels)] = 0
        return copies
