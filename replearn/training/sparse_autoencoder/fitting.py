"""Fitting a sparse autoencoder to vectors in memory."""

from dataclasses import dataclass

import torch
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder
from replearn.training.sparse_autoencoder.loss import sparse_loss, without_growth

WARM_DOWN = 0.2  # share of the steps in which the rate falls to zero
SILENT = 20_000  # vectors that a latent may miss before it counts as dead
CHECKED = 8192  # vectors of a sample
ROUNDS = 50  # of the median


@dataclass(frozen=True)
class Fit:
    """How a dictionary is fitted.

    Attributes:
        latents, k: of the autoencoder.
        steps: how many.
        batch: vectors a step.
        learning_rate: Adam's, at its highest, for vectors whose mean square distance from their
            mean is 1.
        seed: of directions and batches.
    """

    latents: int
    k: int
    steps: int
    batch: int
    learning_rate: float
    seed: int


def fitted(vectors: Tensor, fit: Fit, progress: Progress = silent) -> SparseAutoencoder:
    """Fit a TopK sparse autoencoder; takes (n, width), at any scale.

    As in the paper: the decoder's directions keep length 1, the encoder starts as its transpose,
    the bias as the vectors' geometric median, and dead latents have a loss of their own. Vectors
    are scaled as a whole, where the paper normalises each by itself, so that what is written is
    the vector itself.
    """
    spread = float((vectors - vectors.mean(0)).pow(2).sum(1).mean().sqrt()) or 1.0
    scaled = vectors / spread
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(fit.seed)
        network = SparseAutoencoder(vectors.shape[1], fit.latents, fit.k)
        with torch.no_grad():
            network.bias.copy_(geometric_median(scaled[torch.randperm(len(scaled))[:CHECKED]]))
        _steps(network, scaled, fit, progress)
    with torch.no_grad():  # the same on vectors as they are
        network.bias.mul_(spread)
    return network.eval().requires_grad_(False)


def _steps(network: SparseAutoencoder, vectors: Tensor, fit: Fit, progress: Progress) -> None:
    optimizer = torch.optim.Adam(network.parameters(), lr=fit.learning_rate)
    unused = torch.zeros(fit.latents, dtype=torch.int64)
    most = max(1, vectors.shape[1] // 2)
    for step in range(fit.steps):
        progress(step, fit.steps, "steps")
        for group in optimizer.param_groups:
            left = (fit.steps - step) / max(1, WARM_DOWN * fit.steps)
            group["lr"] = fit.learning_rate * min(1.0, left)
        batch = vectors[torch.randint(len(vectors), (fit.batch,))]
        loss, used = sparse_loss(network, batch, unused >= SILENT, most)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        without_growth(network)
        optimizer.step()
        network.normalise()
        unused = torch.where(used, 0, unused + fit.batch)
    progress(fit.steps, fit.steps, "steps")


def geometric_median(vectors: Tensor) -> Tensor:
    """Return the point with the least sum of distances (Weiszfeld 1937), (width,)."""
    found = vectors.mean(0)
    for _ in range(ROUNDS):
        weights = 1 / (vectors - found).norm(dim=1, keepdim=True).clamp_min(1e-8)
        found = (weights * vectors).sum(0) / weights.sum()
    return found


@torch.no_grad()
def explained_variance(network: SparseAutoencoder, vectors: Tensor) -> float:
    """Return the share of the vectors' variance that the autoencoder writes."""
    left = vectors - network.decode(network.encode(vectors))
    about = vectors - vectors.mean(0)
    return 1 - float(left.pow(2).sum() / about.pow(2).sum().clamp_min(1e-12))


@torch.no_grad()
def dead_share(network: SparseAutoencoder, vectors: Tensor) -> float:
    """Return the share of latents that none of the vectors calls for."""
    used = torch.zeros(len(network.encoder), dtype=torch.bool)
    for at in range(0, len(vectors), CHECKED):
        used |= (network.encode(vectors[at : at + CHECKED]) > 0).any(0)
    return float((~used).float().mean())
