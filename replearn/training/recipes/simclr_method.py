"""NT-Xent over the global batch."""

from torch import Tensor

from replearn.losses.nt_xent import nt_xent
from replearn.training.distributed import gathered
from replearn.training.recipes.method import ContrastiveMethod, Views


class SimClrMethod(ContrastiveMethod):
    """A projection whose two views attract each other."""

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return NT-Xent in nats."""
        first, second = self.project_pair(*views.pixels)
        return nt_xent(gathered(first), gathered(second), self.temperature), first, second
