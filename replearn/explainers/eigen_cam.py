"""Eigen-CAM (Muhammad and Yeasin 2020): the first principal component of the feature maps."""

from dataclasses import dataclass
from typing import ClassVar

from replearn.explainers.layer_explainer import Floats, LayerExplainer, library_map


@dataclass(frozen=True)
class EigenCam(LayerExplainer):
    """It doesn't look at the score: every target has the same map."""

    name: ClassVar[str] = "eigen-cam"
    paper: ClassVar[str] = "https://arxiv.org/abs/2008.00299"
    reads_target: ClassVar[bool] = False

    def joined(self, activations: Floats, gradients: Floats) -> Floats:
        """Return the library's map."""
        from pytorch_grad_cam import EigenCAM

        return library_map(EigenCAM, activations, gradients)
