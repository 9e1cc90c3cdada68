"""NT-Xent over the global batch."""

from torch import Tensor, nn

from replearn.losses.nt_xent import nt_xent
from replearn.training.distributed import gathered
from replearn.training.method import ResnetMethod, Views


class SimClrMethod(ResnetMethod):
    """A projection whose two views attract each other.

    Args:
        network: the small ResNet.
        temperature: of the loss.
    """

    def __init__(self, network: nn.Module, temperature: float) -> None:
        super().__init__(network)
        self.temperature = temperature

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return NT-Xent in nats."""
        first, second = self.project_pair(*views.pixels)
        return nt_xent(gathered(first), gathered(second), self.temperature), first, second
