"""A TopK sparse autoencoder (Gao et al. 2024, https://arxiv.org/abs/2406.04093), and its half.

The encoder has no bias of its own: with W, D and b it is TopK(ReLU(W (x - b))), and the decoder
gives D z + b.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional


def top_k(values: Tensor, k: int) -> Tensor:
    """Return the k highest of each last axis where they are positive, and zero elsewhere."""
    if k >= values.shape[-1]:
        return values.relu()
    lowest = values.topk(k, dim=-1).values[..., -1:]
    return values.relu() * (values >= lowest)


class SparseAutoencoder(nn.Module):
    """A vector as a sum of few directions of many.

    Args:
        width: of the vectors.
        latents: how many directions there are.
        k: how many of them a vector is written in, at most.
    """

    def __init__(self, width: int, latents: int, k: int) -> None:
        super().__init__()
        self.k = k
        directions = functional.normalize(torch.randn(latents, width), dim=1)
        self.encoder = nn.Parameter(directions.clone())  # tied to the decoder at the start
        self.decoder = nn.Parameter(directions)
        self.bias = nn.Parameter(torch.zeros(width))

    def before_top_k(self, vectors: Tensor) -> Tensor:
        """Return how strongly each latent is called for, (..., latents)."""
        return (vectors - self.bias) @ self.encoder.T

    def encode(self, vectors: Tensor) -> Tensor:
        """Return the latents, (..., latents), of which at most k aren't zero."""
        return top_k(self.before_top_k(vectors), self.k)

    def decode(self, latents: Tensor) -> Tensor:
        """Return the vectors, (..., width)."""
        return latents @ self.decoder + self.bias

    @torch.no_grad()
    def normalise(self) -> None:
        """Give every direction of the decoder the length 1."""
        self.decoder.copy_(functional.normalize(self.decoder, dim=1))

    @torch.no_grad()
    def features(self) -> "Features":
        """Return the encoder alone, its bias folded in."""
        latents, width = self.encoder.shape
        found = Features(width, latents, self.k)
        found.linear.weight.copy_(self.encoder)
        found.linear.bias.copy_(-self.encoder @ self.bias)
        return found


class Features(nn.Module):
    """The encoder as one linear layer and TopK: vectors (..., width) to latents."""

    def __init__(self, width: int, latents: int, k: int) -> None:
        super().__init__()
        self.k = k
        self.linear = nn.Linear(width, latents)

    def of(self, vectors: Tensor) -> Tensor:
        """Return the latents, (..., latents)."""
        return top_k(self.linear(vectors), self.k)
