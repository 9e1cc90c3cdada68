"""CLIP's symmetric N-pair loss (Radford et al. 2021, https://arxiv.org/abs/2103.00020)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.losses.products import products

LARGEST_SCALE = 100.0  # the paper clips 1 / temperature there, for training's stability


def clip_loss(images: Tensor, texts: Tensor, log_scale: Tensor) -> Tensor:
    """Return the mean of two cross entropies: each picture finds its text, each text its picture.

    Args:
        images: (n, d), L2-normalised.
        texts: (n, d), L2-normalised, in the same order.
        log_scale: scalar, learnt; the temperature is 1 / exp(log_scale), at least 0.01.

    Returns:
        A scalar in nats.
    """
    if images.shape != texts.shape or images.ndim != 2:
        raise ValueError(
            f"clip_loss wants two (n, d), not {tuple(images.shape)} and {tuple(texts.shape)}"
        )
    logits = log_scale.exp().clamp(max=LARGEST_SCALE) * products(images, texts)  # (n, n)
    right = torch.arange(len(images), device=images.device)
    return (F.cross_entropy(logits, right) + F.cross_entropy(logits.T, right)) / 2
