"""Explainers that weigh the feature maps of one layer."""

from abc import abstractmethod
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Score
from replearn.explainers.layers import tapped, usual_layer

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LayerExplainer(Explainer):
    """One forward and one backward pass; a subclass says how maps and gradients are joined.

    Attributes:
        layer: a name of `layers`; empty takes `usual_layer`.
    """

    layer: str = ""

    needs_gradients = True

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return non-negative values, (n, h, w) at the layer's resolution.

        Raises:
            InputError: there is no such layer.
            CapabilityError: the network has no such map, or the gradient there is zero.
        """
        tower = encoder.tower()
        found = tapped(tower, self.layer, torch.from_numpy(pixels).to(tower.device), score)
        maps = self.joined(found.activations.cpu().numpy(), found.gradients.cpu().numpy())
        progress(1, 1, "backward pass")
        return np.asarray(np.maximum(maps, 0), np.float32)

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network has a layer whose output lies over the picture."""
        return tower.spatial or tower.tokens is not None

    def place(self, tower: ImageTower, pixels: Tensor) -> str:
        """Return the layer's name."""
        return self.layer or usual_layer(tower, pixels)

    @abstractmethod
    def joined(self, activations: Floats, gradients: Floats) -> Floats:
        """Return a map (n, h, w) from activations and gradients, (n, c, h, w) each."""


def library_map(method: type, activations: Floats, gradients: Floats) -> Floats:
    """Return the raw map (n, h, w) of one of pytorch-grad-cam's methods.

    Its formula alone: without the hooks, the scaling and the errors that its `forward` swallows.
    """
    bare: Any = object.__new__(method)  # the formulas use nothing of the constructor's
    bare.activations_and_grads = SimpleNamespace(release=lambda: None)  # its __del__ asks for it
    found: Floats = bare.get_cam_image(None, None, None, activations, gradients, False)
    return found
