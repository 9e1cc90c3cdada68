"""Principal component analysis (Hotelling 1933)."""

import numpy as np
from sklearn.decomposition import PCA

from replearn.projections.base import Array, Projection


class Pca(Projection):
    """The two directions of largest variance; the sign makes the largest weight positive."""

    name = "pca"
    paper = "https://doi.org/10.1037/h0071325"

    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Project on the two components."""
        model = PCA(2, svd_solver="full", random_state=seed)
        points = model.fit_transform(vectors.astype(np.float64))
        largest = np.abs(model.components_).argmax(axis=1)
        signs = np.sign(model.components_[np.arange(2), largest])
        laid_out: Array = points * signs
        return laid_out
