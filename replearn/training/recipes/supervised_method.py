"""Cross entropy on labels."""

from torch import Tensor, nn
from torch.nn import functional as F

from replearn.training.recipes.method import ResnetMethod, Views


class SupervisedMethod(ResnetMethod):
    """The network's own last layer against the labels; there is no projection."""

    view_count = 1

    def __init__(self, network: nn.Module) -> None:
        super().__init__(network)
        self.projection = nn.Identity()  # type: ignore[assignment]

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return cross entropy in nats; the vectors are pooled features."""
        pooled = self.features(views.pixels[0])
        logits = self.network.fc(pooled)  # type: ignore[operator]
        known = views.labels >= 0
        vectors = F.normalize(pooled.float(), dim=1)
        return F.cross_entropy(logits[known].float(), views.labels[known]), vectors, vectors
