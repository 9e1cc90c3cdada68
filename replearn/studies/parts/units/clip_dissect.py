"""Words for a unit, by an image-text model that looks at the same pictures (CLIP-Dissect)."""

import time
from collections.abc import Iterator

import numpy as np

from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.vocabularies import usual_dataset, usual_vocabulary, vocabulary
from replearn.encoders.registry import load_model
from replearn.results.part_words import UnitWord, UnitWords
from replearn.results.stamp import Floats, Stamp
from replearn.store.encoded import encode_texts
from replearn.store.table import embed
from replearn.studies.answering.bridge import bridge_for
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.responses import checked_unit, responses
from replearn.studies.answering.samples import of_one_thing

SHUFFLES, SEED = 99, 0
NEAREST = 10


def unit_words(
    model: str,
    layer: str = "",
    index: int = 0,
    dataset: str = "",
    *,
    words: str = "",
    progress: Progress = silent,
) -> UnitWords:
    """Predict words for a unit: those whose likeness to pictures goes with its responses.

    CLIP-Dissect (Oikarinen and Weng 2023, https://arxiv.org/abs/2204.10965) with the plainest of
    the paper's similarities: the correlation, over pictures, of the unit's mean response with the
    cosines that an image-text model gives a word. From each picture's cosines their mean over the
    words is taken away. Beside it stands the best that any word has with the pictures shuffled.

    Args:
        model: any model with layers that lie over the picture.
        layer: left out, the last.
        index: of the unit.
        dataset: left out, the one that suits the model.
        words: a vocabulary; left out, the one that suits the image-text model.
        progress: told as pictures and words are encoded, the first time.

    Raises:
        InputError: there is no such model, layer, unit, data set or vocabulary.
    """
    start = time.perf_counter()
    encoder, layer = load_model(model), checked_layer(model, layer)
    name = dataset or usual_dataset(model)
    data, found = load_dataset(name), responses(model, layer, name, progress)
    checked_unit(found, model, layer, index)
    bridge = bridge_for(data)
    listed = words or usual_vocabulary(bridge)
    texts, reader = vocabulary(listed), load_model(bridge)
    pictures = embed(data, reader, progress).vectors[list(found.rows)]
    cosines = pictures @ encode_texts(reader, texts, progress).T  # (n, words)
    own = found.means[:, index]
    fits = correlations(own[None], cosines)[0]
    by_chance = correlations(np.stack(list(shuffled(own, of_one_thing(data)))), cosines).max(1)
    bar = float(np.quantile(by_chance, 0.95))
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(own),
        seed=SEED,
        settings={
            "layer": layer,
            "unit": index,
            "data": name,
            "words": f"{listed} ({len(texts):,})",
            "by": f"{bridge}, correlation",
            "shuffles": SHUFFLES,
        },
    )
    best = np.argsort(-fits, kind="stable")[:NEAREST]
    told = (UnitWord(texts[int(i)], float(fits[i]), bool(fits[i] > bar)) for i in best)
    return UnitWords(tuple(told), bar, stamp)


def correlations(units: Floats, cosines: Floats) -> Floats:
    """Return how units' responses go with words, (units, words).

    Args:
        units: (units, n).
        cosines: (n, words).
    """
    about = cosines - cosines.mean(1, keepdims=True)
    about = _scaled(about - about.mean(0), 0)
    return np.asarray(_scaled(units - units.mean(1, keepdims=True), 1) @ about, np.float32)


def shuffled(values: Floats, together: int) -> Iterator[Floats]:
    """Yield values (n,) of shuffled pictures; those of one photograph stay together, in order."""
    random = np.random.default_rng(SEED)
    groups = values.reshape(-1, together)
    for _ in range(SHUFFLES):
        yield random.permutation(groups).reshape(-1)


def _scaled(values: Floats, axis: int) -> Floats:
    lengths = np.linalg.norm(values, axis=axis, keepdims=True)
    return np.asarray(values / np.maximum(lengths, 1e-12), np.float32)
