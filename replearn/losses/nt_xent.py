"""NT-Xent, SimCLR's loss (Chen et al. 2020, https://arxiv.org/abs/2002.05709)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.losses.products import products


def nt_xent(first: Tensor, second: Tensor, temperature: float = 0.5) -> Tensor:
    """Return the normalised, temperature-scaled cross entropy over 2n views.

    Each view must pick its partner among the 2n - 1 others.

    Args:
        first: (n, d), L2-normalised: one view of each of n pictures.
        second: (n, d), the other view, in the same order.
        temperature: cosines are divided by it.

    Returns:
        A scalar in nats; log(2n - 1) where all cosines are equal.
    """
    if first.shape != second.shape or first.ndim != 2:
        raise ValueError(
            f"nt_xent wants two (n, d), not {tuple(first.shape)} and {tuple(second.shape)}"
        )
    count = len(first)
    vectors = torch.cat([first, second])  # (2n, d)
    logits = products(vectors, vectors) / temperature  # (2n, 2n)
    logits.fill_diagonal_(-torch.inf)
    partner = torch.arange(2 * count, device=first.device).roll(count)
    return F.cross_entropy(logits, partner)
