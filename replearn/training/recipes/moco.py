"""MoCo v2 (Chen et al. 2020, https://arxiv.org/abs/2003.04297)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.resnet_recipe import ResnetRecipe

if TYPE_CHECKING:
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class MoCo(ResnetRecipe):
    """A view finds its own key, made by a slow copy of the network, among a queue of older keys.

    Command: python -m replearn train moco
    Takes about twelve minutes on two cores.

    Attributes:
        queue: how many older keys.
        momentum: of the slow copy, a step.
    """

    queue: int = 4096
    momentum: float = 0.99

    def method(self, source: "Source") -> "Method":
        """Return the network with its slow copy and queue.

        Raises:
            InputError: the batch doesn't divide the queue.
        """
        from replearn.core.errors import InputError
        from replearn.training.recipes.moco_method import MoCoMethod

        if self.queue < self.batch or self.queue % self.batch:
            raise InputError(f"The queue, {self.queue}, must be a multiple of batch={self.batch}.")
        return MoCoMethod(self.network(source), self.temperature, self.queue, self.momentum)
