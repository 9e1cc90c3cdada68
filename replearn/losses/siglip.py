"""SigLIP's pairwise sigmoid loss (Zhai et al. 2023, https://arxiv.org/abs/2303.15343)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.losses.products import products


def siglip_loss(images: Tensor, texts: Tensor, log_scale: Tensor, bias: Tensor) -> Tensor:
    """Return the sum over all pairs of the loss of "do these two belong together?", over n.

    Args:
        images: (n, d), L2-normalised.
        texts: (n, d), L2-normalised, in the same order.
        log_scale: scalar, learnt; begins at log 10 in the paper.
        bias: scalar, learnt; begins at -10, for almost all pairs are false.

    Returns:
        A scalar in nats.
    """
    if images.shape != texts.shape or images.ndim != 2:
        raise ValueError(
            f"siglip_loss wants two (n, d), not {tuple(images.shape)} and {tuple(texts.shape)}"
        )
    logits = log_scale.exp() * products(images, texts) + bias  # (n, n)
    signs = 2 * torch.eye(len(images), device=images.device) - 1
    return -F.logsigmoid(signs * logits).sum() / len(images)
