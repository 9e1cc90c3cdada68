"""Vectors and ids from outside: one sentence for what can't be used."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError

Vectors = npt.NDArray[np.float32]


def unit_vectors(vectors: npt.ArrayLike) -> Vectors:
    """Return vectors (n, d) as float32 of length 1.

    Raises:
        InputError: they aren't numbers in rows of one width, or one is NaN, infinite or all zeros.
    """
    try:
        found = np.asarray(vectors, np.float32)
    except (TypeError, ValueError) as error:
        raise InputError("The vectors must be numbers, in rows of one width.") from error
    if found.ndim != 2 or 0 in found.shape:
        raise InputError(f"The vectors have the shape {found.shape}; it must be (n, d).")
    lengths = np.sqrt(np.einsum("nd,nd->n", found, found))  # no copy of a large table
    for bad, what in ((~np.isfinite(lengths), "NaN or infinity"), (lengths == 0, "only zeros")):
        if bad.any():
            raise InputError(
                f"{bad.sum():,} of {len(found):,} vectors hold {what} (the first is row "
                f"{int(bad.argmax())}); leave them out."
            )
    return np.asarray(found / lengths[:, None], np.float32)


def unit_vector(vector: npt.ArrayLike | None, width: int) -> npt.NDArray[np.float32]:
    """Return one vector (d,) as float32 of length 1.

    Raises:
        InputError: it has another width, or is NaN, infinite or all zeros.
    """
    found: Vectors = np.asarray(vector, np.float32)
    if found.shape != (width,):
        raise InputError(f"The vector has the shape {found.shape}; this table wants ({width},).")
    found = unit_vectors(found[None])
    return found.reshape(width)


def checked_ids(ids: Sequence[str], n: int) -> tuple[str, ...]:
    """Return ids as a tuple of texts.

    Raises:
        InputError: there aren't `n`, or one is there twice.
    """
    if len(ids) != n:
        raise InputError(f"There are {n:,} vectors and {len(ids):,} ids; give one for each.")
    texts = tuple(str(identity) for identity in ids)
    if len(set(texts)) < n:
        twice = Counter(texts).most_common(1)[0][0]
        raise InputError(f"The id {twice!r} is there twice; give every row its own.")
    return texts
