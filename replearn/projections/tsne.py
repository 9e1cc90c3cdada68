"""t-SNE (van der Maaten and Hinton 2008), by openTSNE."""

import numpy as np

from replearn.projections.base import Array, Projection

PERPLEXITY = 30


class Tsne(Projection):
    """Cosine distances, exact neighbours, PCA initialisation."""

    name = "tsne"
    paper = "https://www.jmlr.org/papers/v9/vandermaaten08a.html"

    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Run t-SNE; the perplexity is reduced where there are few points."""
        from openTSNE import TSNE

        perplexity = min(PERPLEXITY, (len(vectors) - 1) / 3)
        model = TSNE(
            perplexity=perplexity,
            metric="cosine",
            neighbors="exact",
            random_state=seed,
            n_jobs=2,
        )
        return np.asarray(model.fit(vectors), np.float32)
