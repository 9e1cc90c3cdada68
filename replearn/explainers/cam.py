"""Class activation maps (Zhou et al. 2016): the score, split over the cells of the last map."""

import numpy as np
import torch

from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import POOLED, ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Score
from replearn.explainers.masked import scores_of
from replearn.results.trust import Completeness


class Cam(Explainer):
    """Exact for networks that end in global average pooling and one linear layer.

    The map's mean plus the layer's share of bias is the score itself.
    """

    name = "cam"
    paper = "https://arxiv.org/abs/1512.04150"
    signed = True
    needs_gradients = False

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return signed contributions, (n, h, w) at the feature map's resolution.

        Raises:
            CapabilityError: the network doesn't end in average pooling and one linear layer.
        """
        tower = encoder.tower()
        if tower.linear is None:
            raise CapabilityError(
                f"cam needs a network that ends in average pooling and one linear layer, which "
                f"{encoder.name} doesn't: imagenet and photo-clip do; or choose grad-cam or "
                "occlusion."
            )
        with torch.inference_mode():
            features = tower.features(torch.from_numpy(pixels).to(tower.device))  # (n, c, h, w)
            outputs = tower.head(features)  # (n, k)
            weights = score.direction(outputs) @ tower.linear.weight  # (n, c)
            maps = torch.einsum("nchw,nc->nhw", features, weights)
        progress(1, 1, "forward pass")
        found: Maps = maps.cpu().numpy().astype(np.float32)
        return found

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network ends in average pooling and one linear layer."""
        return tower.linear is not None

    def place(self, tower: ImageTower, pixels: torch.Tensor) -> str:  # noqa: ARG002
        """Return the map that is pooled."""
        return POOLED

    def completeness(
        self, encoder: Explained, pixels: Pixels, score: Score, values: Maps
    ) -> Completeness:
        """Compare the map's mean plus the bias with the score."""
        reached = values.mean() + bias_share(encoder, pixels, score)[0]
        return Completeness(
            "the map's mean plus the bias is the score",
            float(reached),
            float(scores_of(encoder, pixels, score)[0]),
        )


def bias_share(encoder: Explained, pixels: Pixels, score: Score) -> Maps:
    """Return what the linear layer's bias adds to the score, (n,): score = map's mean + this."""
    tower = encoder.tower()
    if tower.linear is None or tower.linear.bias is None:
        return np.zeros(len(pixels), np.float32)
    with torch.inference_mode():
        outputs = tower(torch.from_numpy(pixels).to(tower.device))
        share = score.direction(outputs) @ tower.linear.bias  # (n,)
    found: Maps = share.cpu().numpy().astype(np.float32)
    return found
