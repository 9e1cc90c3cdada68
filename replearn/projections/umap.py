"""UMAP (McInnes et al. 2018), by umap-learn."""

import warnings

import numpy as np

from replearn.projections.base import Array, Projection

NEIGHBOURS = 15


class Umap(Projection):
    """Cosine distances; one thread, for only so does a seed give the same map."""

    name = "umap"
    paper = "https://arxiv.org/abs/1802.03426"

    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Run UMAP; the number of neighbours is reduced where there are few points."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numba and umap warn of what is meant here
            from umap import UMAP

            model = UMAP(
                n_neighbors=min(NEIGHBOURS, len(vectors) - 1),
                metric="cosine",
                random_state=seed,
                n_jobs=1,
                init="spectral" if len(vectors) > 20 else "random",
            )
            return np.asarray(model.fit_transform(vectors), np.float32)
