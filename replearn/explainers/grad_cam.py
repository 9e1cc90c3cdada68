"""Grad-CAM (Selvaraju et al. 2017): feature maps weighted by the score's mean gradient."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from replearn.explainers.layer_explainer import Floats, LayerExplainer


@dataclass(frozen=True)
class GradCam(LayerExplainer):
    """For a network that ends in pooling and one linear layer it is CAM after ReLU."""

    name: ClassVar[str] = "grad-cam"
    paper: ClassVar[str] = "https://arxiv.org/abs/1610.02391"

    def joined(self, activations: Floats, gradients: Floats) -> Floats:
        """Weigh each channel by its mean gradient."""
        weights = gradients.mean(axis=(2, 3))  # (n, c)
        found: Floats = np.einsum("nchw,nc->nhw", activations, weights)
        return found
