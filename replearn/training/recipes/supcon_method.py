"""SupCon over the global batch."""

import torch
from torch import Tensor

from replearn.losses.sup_con import sup_con
from replearn.training.distributed import gathered
from replearn.training.recipes.method import ContrastiveMethod, Views


class SupConMethod(ContrastiveMethod):
    """A projection in which one class attracts itself."""

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return SupCon in nats; both views of a picture are rows of its class."""
        first, second = self.project_pair(*views.pixels)
        # a picture without a label is alone with its other view
        own = -1 - torch.arange(len(first), device=first.device)
        labels = gathered(torch.where(views.labels >= 0, views.labels, own))
        vectors = torch.cat([gathered(first), gathered(second)])
        return sup_con(vectors, labels.repeat(2), self.temperature), first, second
