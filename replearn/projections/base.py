"""What every projection takes and gives."""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError

Array = npt.NDArray[np.float32]
FEWEST = 5


class Projection(ABC):
    """A layout of vectors in the plane; neighbours are always found in the full space instead."""

    name: ClassVar[str]
    paper: ClassVar[str]

    def fit_transform(self, vectors: Array, seed: int) -> Array:
        """Lay out vectors (n, d) as points (n, 2), float32.

        Raises:
            InputError: there are fewer than 5 vectors, or one holds a number that isn't finite.
        """
        if len(vectors) < FEWEST:
            raise InputError(f"A map needs at least {FEWEST} pictures; here are {len(vectors)}.")
        if not np.isfinite(vectors).all():
            raise InputError("A vector holds a number that isn't finite; embed the pictures anew.")
        return self.laid_out(vectors, seed).astype(np.float32)

    @abstractmethod
    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Return the points of vectors that have been checked."""
