"""Supervised contrastive loss (Khosla et al. 2020, https://arxiv.org/abs/2004.11362)."""

import torch
from torch import Tensor

from replearn.losses.products import products


def sup_con(vectors: Tensor, labels: Tensor, temperature: float = 0.1) -> Tensor:
    """Return the mean over anchors of minus the mean log-probability of their positives (L_out).

    Args:
        vectors: (n, d), L2-normalised; several views of a picture are several rows.
        labels: (n,); rows with equal labels are positives of each other.
        temperature: cosines are divided by it.

    Returns:
        A scalar in nats; anchors without a positive are left out.

    Raises:
        ValueError: no anchor has a positive.
    """
    if vectors.ndim != 2 or labels.shape != vectors.shape[:1]:
        raise ValueError(
            f"sup_con wants (n, d) and (n,), not {tuple(vectors.shape)} and {tuple(labels.shape)}"
        )
    itself = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    logits = (products(vectors, vectors) / temperature).masked_fill(itself, -torch.inf)  # (n, n)
    log_probabilities = logits.log_softmax(dim=1)
    positive = (labels[:, None] == labels[None]) & ~itself
    count = positive.sum(1)
    if not bool(count.any()):
        raise ValueError("no two rows have the same label: there is nothing to pull together")
    of_anchor = log_probabilities.masked_fill(~positive, 0).sum(1) / count.clamp(min=1)
    return -of_anchor[count > 0].mean()
