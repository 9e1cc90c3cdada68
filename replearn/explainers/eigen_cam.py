"""Eigen-CAM (Muhammad and Yeasin 2020): the first principal component of the feature maps."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from replearn.explainers.layer_explainer import Floats, LayerExplainer


@dataclass(frozen=True)
class EigenCam(LayerExplainer):
    """It doesn't look at the score: every target has the same map."""

    name: ClassVar[str] = "eigen-cam"
    paper: ClassVar[str] = "https://arxiv.org/abs/2008.00299"
    reads_target: ClassVar[bool] = False

    def joined(self, activations: Floats, gradients: Floats) -> Floats:  # noqa: ARG002
        """Return each picture's cells along the direction in which its channels vary most.

        As pytorch-grad-cam does, but without all h * w left vectors of the decomposition, which
        take 20 GB at an early layer of a finer map.
        """
        found = []
        for maps in activations:
            cells = maps.reshape(len(maps), -1).T  # (h * w, c)
            cells = cells - cells.mean(axis=0)
            _, _, directions = np.linalg.svd(cells, full_matrices=False)
            found.append((cells @ directions[0]).reshape(maps.shape[1:]))
        return np.asarray(found, np.float32)
