"""What every projection takes and gives."""

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.projections.parameters import Value, choice

Array = npt.NDArray[np.float32]
FEWEST = 5


@dataclass(frozen=True)
class Projection(ABC):
    """A layout of vectors in the plane or in space; neighbours are found in the full space instead.

    Its fields are what can be chosen before it runs (see `parameters`).
    """

    name: ClassVar[str]
    paper: ClassVar[str]

    dimensions: int = choice(2, (2, 3), "of the map")

    @property
    def distance(self) -> str:
        """By what the layout calls two vectors near: "cosine" or "euclidean"."""
        return "euclidean"

    @property
    def settings(self) -> dict[str, Value]:
        """The chosen parameters, by name."""
        return dataclasses.asdict(self)

    def for_points(self, count: int) -> "Projection":  # noqa: ARG002
        """Return the projection as it really runs on `count` points: few allow no wide look."""
        return self

    def fit_transform(self, vectors: Array, seed: int) -> Array:
        """Lay out vectors (n, d) as points (n, dimensions), float32.

        Raises:
            InputError: there are fewer than 5 vectors, fewer than 5 differ, or one holds a number
                that isn't finite.
        """
        check_vectors(vectors)
        return self.laid_out(vectors, seed).astype(np.float32)

    def place(self, new: Array, vectors: Array, coordinates: Array) -> Array:
        """Place new vectors (m, d) on a map that stays as it is, (m, dimensions), float32.

        Args:
            new: vectors that weren't there when the map was made.
            vectors: (n, d), those that were.
            coordinates: (n, dimensions), where `fit_transform` put them.

        Raises:
            InputError: the new vectors are of another width, or hold a number that isn't finite.
        """
        if new.ndim != 2 or new.shape[1] != vectors.shape[1]:
            raise InputError(
                f"A vector of {new.shape[-1]} numbers has no place on a map of vectors of "
                f"{vectors.shape[1]}; take the model that the map was made with."
            )
        _check_finite(new)
        return self.placed(new, vectors, coordinates).astype(np.float32)

    @abstractmethod
    def laid_out(self, vectors: Array, seed: int) -> Array:
        """Return the points of vectors that have been checked."""

    @abstractmethod
    def placed(self, new: Array, vectors: Array, coordinates: Array) -> Array:
        """Return the points of new vectors that have been checked."""


def check_vectors(vectors: Array) -> None:
    """Refuse what no map can be made of.

    Raises:
        InputError: not (n, d), too few, too few that differ, or numbers that aren't finite.
    """
    if vectors.ndim != 2 or not vectors.shape[1]:
        raise InputError(
            f"Vectors come as rows, shape (n, d); these have the shape {vectors.shape}."
        )
    if len(vectors) < FEWEST:
        raise InputError(f"A map needs at least {FEWEST} pictures; here are {len(vectors)}.")
    _check_finite(vectors)
    # the first rows settle it for any data set that isn't made of copies
    different = len(np.unique(vectors[:50], axis=0))
    if different < FEWEST:
        different = len(np.unique(vectors, axis=0))
    if different < FEWEST:
        raise InputError(
            f"Only {different} of the {len(vectors):,} vectors differ; "
            f"a map needs at least {FEWEST} different pictures."
        )


def _check_finite(vectors: Array) -> None:
    bad = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
    if len(bad):
        raise InputError(
            f"Vector {bad[0]} holds a number that isn't finite ({len(bad):,} of {len(vectors):,} "
            "do); embed the pictures anew, or leave those rows out."
        )
