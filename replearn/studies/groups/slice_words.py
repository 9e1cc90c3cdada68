"""Words for a slice: where it differs from other pictures of the same classes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from replearn.core.progress import Progress, silent
from replearn.data.vocabularies import usual_vocabulary, vocabulary
from replearn.encoders.registry import load_model
from replearn.store.encoded import Vectors, encode_texts

if TYPE_CHECKING:
    from replearn.studies.groups.slices import Found

WORDS = 3


def slice_words(
    model: str,
    beside: Vectors,
    clusters: Sequence["Found"],
    progress: Progress = silent,
) -> list[tuple[str, ...]]:
    """Return the texts of a vocabulary that lie nearest to each slice, the nearest first.

    From each text the mean of all texts is taken away.

    Args:
        model: that reads text, and whose vectors these are.
        beside: (n, d), the pictures' vectors less the mean of their class, which is known.
        clusters: the slices.
        progress: told while texts are encoded for the first time.
    """
    texts = vocabulary(usual_vocabulary(model))
    read = encode_texts(load_model(model), texts, progress)
    read = read - read.mean(0)
    read /= np.maximum(np.linalg.norm(read, axis=1, keepdims=True), 1e-9)
    found = []
    for one in clusters:
        apart = beside[np.concatenate([one.first, one.second])].mean(0)
        best = np.argsort(-(read @ apart), kind="stable")[:WORDS]
        found.append(tuple(texts[int(i)] for i in best))
    return found
