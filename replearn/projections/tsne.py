"""t-SNE (van der Maaten and Hinton 2008), by openTSNE."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from replearn.projections.base import Array, Projection
from replearn.projections.parameters import choice, number

SEED_OF_PLACING = 0


@dataclass(frozen=True)
class Tsne(Projection):
    """Exact neighbours, PCA initialisation."""

    name = "tsne"
    paper = "https://www.jmlr.org/papers/v9/vandermaaten08a.html"

    perplexity: int = number(30, (2, 200), 1, "about how many neighbours each point listens to")
    metric: str = choice("cosine", ("cosine", "euclidean"), "distance in the full space")

    @property
    def distance(self) -> str:
        """The metric of the neighbours."""
        return self.metric

    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Run t-SNE; the perplexity is reduced where there are few points."""
        from openTSNE import TSNE

        model = TSNE(
            n_components=self.dimensions,
            perplexity=self._perplexity(vectors),
            metric=self.metric,
            neighbors="exact",
            negative_gradient_method=self._gradient,
            random_state=seed,
            n_jobs=2,
        )
        return np.asarray(model.fit(vectors), np.float32)

    def placed(self, new: Array, vectors: Array, coordinates: Array) -> Array:
        """Move the new points alone, among points that stand still (Poličar et al. 2019)."""
        from openTSNE import TSNEEmbedding
        from openTSNE.affinity import PerplexityBasedNN

        affinities = PerplexityBasedNN(
            vectors,
            perplexity=self._perplexity(vectors),
            metric=self.metric,
            method="exact",
            random_state=SEED_OF_PLACING,
        )
        standing: Any = TSNEEmbedding(
            coordinates.astype(np.float64),
            affinities,
            negative_gradient_method=self._gradient,
            random_state=SEED_OF_PLACING,
        )
        # a new point has few true neighbours: the perplexity that openTSNE's authors advise
        return np.asarray(standing.transform(new, perplexity=min(5, len(vectors) / 4)), np.float32)

    def for_points(self, count: int) -> "Tsne":
        """Return it with the perplexity that so many points allow."""
        return replace(self, perplexity=min(self.perplexity, max(1, (count - 1) // 3)))

    def _perplexity(self, vectors: Array) -> float:
        return self.for_points(len(vectors)).perplexity

    @property
    def _gradient(self) -> str:
        # interpolation works in the plane only
        return "auto" if self.dimensions == 2 else "bh"
