"""UMAP (McInnes et al. 2018), by umap-learn."""

import warnings
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from replearn.projections.base import Array, Projection
from replearn.projections.neighbours import k_nearest_of
from replearn.projections.parameters import choice, number

STEPS = 64  # of the bisection, as in umap-learn
SAME = 1e-6  # a distance under which two vectors are one


@dataclass(frozen=True)
class Umap(Projection):
    """One thread, for only so does a seed give the same map."""

    name = "umap"
    paper = "https://arxiv.org/abs/1802.03426"

    n_neighbors: int = number(15, (2, 200), 1, "how far the layout looks: few for detail")
    min_dist: float = number(0.1, (0.0, 0.99), 0.01, "how near to each other points may come")
    metric: str = choice("cosine", ("cosine", "euclidean"), "distance in the full space")

    @property
    def distance(self) -> str:
        """The metric of the neighbours."""
        return self.metric

    def for_points(self, count: int) -> "Umap":
        """Return it with the number of neighbours that there are."""
        return replace(self, n_neighbors=min(self.n_neighbors, count - 1))

    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Run UMAP; the number of neighbours is reduced where there are few points."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numba and umap warn of what is meant here
            from umap import UMAP

            model = UMAP(
                n_components=self.dimensions,
                n_neighbors=self.for_points(len(vectors)).n_neighbors,
                min_dist=self.min_dist,
                metric=self.metric,
                random_state=seed,
                n_jobs=1,
                init="spectral" if len(vectors) > 20 else "random",
            )
            return np.asarray(model.fit_transform(vectors), np.float32)

    def placed(self, new: Array, vectors: Array, coordinates: Array) -> Array:
        """Put each new point at the mean of its neighbours, weighted by UMAP's memberships.

        This is where umap-learn's own transform starts; what it does afterwards moves a point by
        little and would compile for seconds.
        """
        count = min(self.n_neighbors, len(vectors))
        rows, distances = k_nearest_of(new, vectors, count, self.metric)
        weights = _memberships(distances)
        same = distances[:, :1] <= SAME
        weights = np.where(same, np.eye(1, count), weights)  # a known vector keeps its place
        weights /= weights.sum(axis=1, keepdims=True)
        found: Array = np.einsum("mk,mkc->mc", weights, coordinates[rows]).astype(np.float32)
        return found


def _memberships(distances: Array) -> npt.NDArray[np.float64]:
    """Return exp(-distance / sigma), (m, k), with sigma such that each row adds up to log2(k)."""
    target = np.log2(max(distances.shape[1], 2))
    low = np.zeros((len(distances), 1))
    high = np.full((len(distances), 1), 1e6)
    scaled = distances.astype(np.float64)
    for _ in range(STEPS):
        sigma = (low + high) / 2
        large = np.exp(-scaled / sigma).sum(axis=1, keepdims=True) > target
        low, high = np.where(large, low, sigma), np.where(large, sigma, high)
    weights: npt.NDArray[np.float64] = np.exp(-scaled / high) + 1e-12
    return weights
