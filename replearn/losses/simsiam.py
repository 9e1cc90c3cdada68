"""SimSiam's loss without negatives (Chen and He 2021, https://arxiv.org/abs/2011.10566)."""

from torch import Tensor
from torch.nn import functional as F


def simsiam_loss(predictions: tuple[Tensor, Tensor], targets: tuple[Tensor, Tensor]) -> Tensor:
    """Return minus the mean cosine of each view's prediction with the other view's projection.

    Args:
        predictions: of view one and view two, (n, d) each.
        targets: projections of view one and view two, (n, d) each; their gradient is stopped here,
            without which everything collapses to one point.

    Returns:
        A scalar from -1 to 1.
    """
    ahead = F.cosine_similarity(predictions[0], targets[1].detach()).mean()
    back = F.cosine_similarity(predictions[1], targets[0].detach()).mean()
    return -(ahead + back) / 2
