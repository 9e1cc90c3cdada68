"""A vocabulary under a model, ready for pictures to be written in its words; the last are kept."""

from dataclasses import dataclass

import numpy as np

from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.vocabularies import vocabulary
from replearn.decompositions.sparse_words import WordSums
from replearn.encoders.base import Encoder
from replearn.results.stamp import Floats
from replearn.store.encoded import encode_texts
from replearn.store.table import embed

KEPT = 2  # 10,000 words of 512 numbers are 60 MB


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words as a model reads them.

    Attributes:
        texts: m words.
        vectors: (m, d), of length 1.
        mean_picture: (d,), of the data set's vectors.
        sums: writes pictures' vectors in these words.
    """

    texts: tuple[str, ...]
    vectors: Floats
    mean_picture: Floats
    sums: WordSums


_kept: dict[tuple[str, str, str], Vocabulary] = {}


def word_sums(
    encoder: Encoder, words: str, dataset: str, progress: Progress = silent
) -> Vocabulary:
    """Return a vocabulary under a model that reads text.

    Args:
        encoder: the model.
        words: the vocabulary's name.
        dataset: whose mean picture is taken away.
        progress: told as words and pictures are encoded, the first time.

    Raises:
        InputError: there is no such vocabulary or data set.
    """
    data = load_dataset(dataset)
    key = (encoder.fingerprint, words, data.fingerprint())
    if key not in _kept:
        texts = vocabulary(words)
        vectors = encode_texts(encoder, texts, progress)
        mean = np.asarray(embed(data, encoder, progress).vectors.mean(0))
        _kept[key] = Vocabulary(texts, vectors, mean, WordSums(vectors, mean))
        while len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)))
    return _kept[key]
