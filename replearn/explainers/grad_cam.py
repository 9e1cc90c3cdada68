"""Grad-CAM (Selvaraju et al. 2017): feature maps weighted by the score's mean gradient."""

import numpy as np
import torch

from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Encoder, Pixels
from replearn.explainers.base import Explainer, Maps, Score


class GradCam(Explainer):
    """On the last feature map, the one that is pooled."""

    name = "grad-cam"
    paper = "https://arxiv.org/abs/1610.02391"
    needs_gradients = True

    def explain(
        self, encoder: Encoder, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return non-negative values, (n, h, w) at the feature map's resolution.

        Raises:
            CapabilityError: the network has no spatial feature map, or its gradient is zero.
        """
        tower = encoder.tower()
        if not tower.spatial:
            raise CapabilityError(
                f"grad-cam needs a feature map before the pooling, which {encoder.name} doesn't "
                "give; choose occlusion."
            )
        with torch.no_grad():
            features = tower.features(torch.from_numpy(pixels).to(tower.device))  # (n, c, h, w)
        features.requires_grad_(True)
        with torch.enable_grad():
            total = score(tower.head(features)).sum()
        (gradient,) = torch.autograd.grad(total, features)
        if not bool(gradient.abs().sum() > 0):
            raise CapabilityError(
                "The score's gradient at the last feature map is zero everywhere, so grad-cam has "
                "nothing to show; choose cam or occlusion."
            )
        weights = gradient.mean(dim=(2, 3))  # (n, c)
        maps = torch.einsum("nchw,nc->nhw", features.detach(), weights).relu()
        progress(1, 1, "backward pass")
        found: Maps = maps.cpu().numpy().astype(np.float32)
        return found
