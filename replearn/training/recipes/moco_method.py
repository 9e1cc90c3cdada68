"""A momentum encoder and a queue of its keys."""

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.losses.moco import moco_loss
from replearn.training.distributed import gathered
from replearn.training.recipes.method import ResnetMethod, Views


class MoCoMethod(ResnetMethod):
    """Queries by gradient, keys by a slow copy.

    Args:
        network: the small ResNet.
        temperature: of the loss.
        length: of the queue.
        momentum: share of the copy that stays at each step.
    """

    def __init__(
        self, network: nn.Module, temperature: float, length: int, momentum: float
    ) -> None:
        super().__init__(network)
        self.temperature, self.momentum = temperature, momentum
        self.slow = nn.ModuleList(copy.deepcopy([self.network, self.projection]))
        self.slow.requires_grad_(False)
        dimensions: int = self.projection[-1].out_features  # type: ignore[assignment]
        self.queue: Tensor
        self.place: Tensor
        self.register_buffer("queue", F.normalize(torch.randn(length, dimensions), dim=1))
        self.register_buffer("place", torch.zeros((), dtype=torch.long))
        self._keys: Tensor | None = None

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return InfoNCE in nats, both views taking their turn as the query."""
        queries = self.project_pair(*views.pixels)
        with torch.no_grad():
            slow_network, slow_projection = self.slow
            both = torch.cat(views.pixels)
            # shuffled, so that batch statistics don't give the pairs away
            order = torch.randperm(len(both), device=both.device)
            maps = slow_network.forward_features(both[order])  # type: ignore[operator]
            pooled = slow_network.forward_head(maps, pre_logits=True)  # type: ignore[operator]
            keys = F.normalize(slow_projection(pooled).float(), dim=1)[order.argsort()]
        first, second = keys.chunk(2)
        self._keys = gathered(first)
        there = moco_loss(queries[0], second, self.queue, self.temperature)
        back = moco_loss(queries[1], first, self.queue, self.temperature)
        return (there + back) / 2, *queries

    @torch.no_grad()
    def after_step(self) -> None:
        """Move the copy a little and replace the oldest keys."""
        quick = [*self.network.parameters(), *self.projection.parameters()]
        for slow, now in zip(self.slow.parameters(), quick, strict=True):
            slow.lerp_(now, 1 - self.momentum)
        assert self._keys is not None  # loss was called
        start = int(self.place)
        self.queue[start : start + len(self._keys)] = self._keys
        self.place.fill_((start + len(self._keys)) % len(self.queue))
