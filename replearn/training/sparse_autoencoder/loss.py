"""The loss of a TopK sparse autoencoder (Gao et al. 2024, https://arxiv.org/abs/2406.04093)."""

import torch
from torch import Tensor

from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder, top_k

AUXILIARY = 1 / 32  # the weight of the second term, and the paper's


def sparse_loss(
    network: SparseAutoencoder, vectors: Tensor, dead: Tensor, most: int
) -> tuple[Tensor, Tensor]:
    """Return the squared error, and that of the dead latents at what it leaves (appendix A.2).

    Latents that no vector calls for have no gradient; so the `most` strongest of them are asked to
    write what the others couldn't.

    Args:
        network: the autoencoder.
        vectors: (n, width).
        dead: (latents,), which haven't been called for of late.
        most: how many of the dead are asked at most for each vector.

    Returns:
        The two terms, means over vectors of a sum over their width, and (latents,), which were
        called for.
    """
    called = network.before_top_k(vectors)  # (n, latents)
    latents = top_k(called, network.k)
    left = vectors - network.decode(latents)
    loss = left.pow(2).sum(1).mean()
    asked = min(most, int(dead.sum()))
    if asked:
        silent = top_k(called.masked_fill(~dead, -torch.inf), asked)
        second = (left.detach() - silent @ network.decoder).pow(2).sum(1).mean()
        loss = loss + AUXILIARY * second
    return loss, (latents.detach() > 0).any(0)


@torch.no_grad()
def without_growth(network: SparseAutoencoder) -> None:
    """Take from the decoder's gradient what would only lengthen its directions."""
    gradient = network.decoder.grad
    assert gradient is not None  # behind a backward pass
    along = (gradient * network.decoder).sum(1, keepdim=True)
    gradient.sub_(along * network.decoder)
