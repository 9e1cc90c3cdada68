"""MoCo's InfoNCE against a queue (He et al. 2020, https://arxiv.org/abs/1911.05722)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.losses.products import products


def moco_loss(queries: Tensor, keys: Tensor, queue: Tensor, temperature: float = 0.2) -> Tensor:
    """Return the cross entropy of picking one's own key among it and a queue of older ones.

    Args:
        queries: (n, d), L2-normalised.
        keys: (n, d), L2-normalised, from the momentum encoder, without gradient.
        queue: (m, d), keys of earlier batches.
        temperature: cosines are divided by it.

    Returns:
        A scalar in nats.
    """
    if queries.shape != keys.shape or queue.shape[1:] != queries.shape[1:]:
        raise ValueError(
            f"moco_loss wants (n, d), (n, d), (m, d), not {tuple(queries.shape)}, "
            f"{tuple(keys.shape)}, {tuple(queue.shape)}"
        )
    own = (queries * keys).sum(1, keepdim=True)  # (n, 1)
    logits = torch.cat([own, products(queries, queue)], 1) / temperature  # (n, 1 + m)
    return F.cross_entropy(logits, torch.zeros(len(queries), dtype=torch.long, device=own.device))
