"""Grad-CAM++ (Chattopadhay et al. 2018): several objects of one class count alike."""

from dataclasses import dataclass
from typing import ClassVar

from replearn.explainers.layer_explainer import Floats, LayerExplainer, library_map


@dataclass(frozen=True)
class GradCamPlusPlus(LayerExplainer):
    """Positive gradients, weighted pixel by pixel."""

    name: ClassVar[str] = "grad-cam++"
    paper: ClassVar[str] = "https://arxiv.org/abs/1710.11063"

    def joined(self, activations: Floats, gradients: Floats) -> Floats:
        """Return the library's map."""
        from pytorch_grad_cam import GradCAMPlusPlus

        return library_map(GradCAMPlusPlus, activations, gradients)
