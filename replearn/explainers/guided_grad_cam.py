"""Guided Grad-CAM (Selvaraju et al. 2017): guided backprop where Grad-CAM looks."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Score
from replearn.explainers.grad_cam import GradCam
from replearn.explainers.guided_backprop import GuidedBackprop


@dataclass(frozen=True)
class GuidedGradCam(Explainer):
    """Guided backprop's detail, weighed by Grad-CAM's place; it inherits the faults of the first.

    Attributes:
        layer: Grad-CAM's; empty takes the usual one.
    """

    layer: str = ""

    name: ClassVar[str] = "guided-grad-cam"
    paper: ClassVar[str] = "https://arxiv.org/abs/1610.02391"
    needs_gradients: ClassVar[bool] = True

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return magnitudes, (n, h, w) at the picture's resolution."""
        fine = GuidedBackprop().explain(encoder, pixels, score)
        coarse = torch.from_numpy(GradCam(self.layer).explain(encoder, pixels, score))
        place = F.interpolate(coarse[:, None], fine.shape[1:], mode="bilinear")[:, 0]
        progress(1, 1, "backward pass")
        found: Maps = fine * place.numpy()
        return found

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network suits both parts."""
        return GuidedBackprop.fits(tower) and GradCam.fits(tower)

    def place(self, tower: ImageTower, pixels: Tensor) -> str:
        """Return Grad-CAM's layer."""
        return GradCam(self.layer).place(tower, pixels)
