"""A projection, a predictor, and a stopped gradient."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.losses.simsiam import simsiam_loss
from replearn.training.recipes.method import ResnetMethod, Views


class SimSiamMethod(ResnetMethod):
    """Each view's prediction against the other's projection.

    Args:
        network: the small ResNet.
        dimensions: of the projection; the predictor narrows to a quarter.
    """

    def __init__(self, network: nn.Module, dimensions: int = 256) -> None:
        super().__init__(network, dimensions)
        # the paper ends the projection with a normalisation over the batch
        self.projection.append(nn.BatchNorm1d(dimensions, affine=False))
        self.predictor = nn.Sequential(
            nn.Linear(dimensions, dimensions // 4, bias=False),
            nn.BatchNorm1d(dimensions // 4),
            nn.ReLU(),
            nn.Linear(dimensions // 4, dimensions),
        )

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return minus the mean cosine."""
        both = self.projection(self.features(torch.cat(views.pixels)))
        first, second = both.float().chunk(2)
        predicted = self.predictor(both).float().chunk(2)
        loss = simsiam_loss((predicted[0], predicted[1]), (first, second))
        return loss, F.normalize(first, dim=1), F.normalize(second, dim=1)
