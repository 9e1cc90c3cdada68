"""Principal component analysis (Hotelling 1933)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.projections.base import Array, Projection


@dataclass(frozen=True)
class Pca(Projection):
    """The directions of largest variance; the sign makes the largest weight positive."""

    name = "pca"
    paper = "https://doi.org/10.1037/h0071325"

    def laid_out(self, vectors: Array, seed: int) -> Array:  # noqa: ARG002  (nothing is random)
        """Project on the first components."""
        return projected(components(vectors, self.dimensions), vectors)

    def placed(self, new: Array, vectors: Array, coordinates: Array) -> Array:  # noqa: ARG002
        """Project on the same components, which the vectors alone decide."""
        return projected(components(vectors, self.dimensions), new)


def components(vectors: Array, count: int) -> Any:
    """Return scikit-learn's fitted PCA with fixed signs.

    Raises:
        InputError: the vectors have fewer directions than are asked for.
    """
    from sklearn.decomposition import PCA

    if min(vectors.shape) < count:
        raise InputError(
            f"{len(vectors):,} vectors of {vectors.shape[1]} numbers have no {count} components."
        )
    model = PCA(count, svd_solver="covariance_eigh").fit(vectors.astype(np.float64))
    largest = np.abs(model.components_).argmax(axis=1)
    signs: npt.NDArray[np.float64] = np.sign(model.components_[np.arange(count), largest])
    model.components_ *= signs[:, None]
    return model


def projected(model: Any, vectors: Array) -> Array:
    """Return the coordinates of vectors along a fitted PCA's components, (n, count)."""
    found: Array = model.transform(vectors.astype(np.float64)).astype(np.float32)
    return found
