"""Layer-CAM (Jiang et al. 2021): each place of a map has a weight of its own."""

from dataclasses import dataclass
from typing import ClassVar

from replearn.explainers.layer_explainer import Floats, LayerExplainer, library_map


@dataclass(frozen=True)
class LayerCam(LayerExplainer):
    """Made for shallow layers, whose maps are fine."""

    name: ClassVar[str] = "layer-cam"
    paper: ClassVar[str] = "https://ieeexplore.ieee.org/document/9462463"

    def joined(self, activations: Floats, gradients: Floats) -> Floats:
        """Return the library's map."""
        from pytorch_grad_cam import LayerCAM

        return library_map(LayerCAM, activations, gradients)
