"""Words for a picture's vector and for each head: SpLiCE, TextSpan, the nearest words."""

import time

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, silent
from replearn.data.vocabularies import usual_dataset, usual_vocabulary, vocabulary
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.part_words import Concepts, HeadTexts, Words
from replearn.results.parts import Part
from replearn.results.stamp import Floats, Stamp
from replearn.store.encoded import encode_picture, encode_texts
from replearn.studies.parts.head_table import head_table
from replearn.studies.parts.word_sums import word_sums

Wide = npt.NDArray[np.float64]
SHUFFLES = 3
MOST_WORDS = 64  # of one picture
NEAREST = 10


def concepts(
    image: Picture,
    model: str = "photo-clip",
    k: int = 8,
    *,
    words: str = "",
    dataset: str = "",
    progress: Progress = silent,
) -> Concepts:
    """Write a picture's vector as a sum of a few words, and name the words nearest to it.

    SpLiCE (Bhalla et al. 2024, https://arxiv.org/abs/2402.10376).

    Args:
        image: a PIL picture, a path, or an array or tensor.
        model: any model that reads text.
        k: the most words of the sum.
        words: a vocabulary; left out, the one that suits the model.
        dataset: whose mean picture is taken away; left out, the one that suits the model.
        progress: told as words and pictures are encoded, the first time.

    Raises:
        InputError: the picture can't be opened, or there is no such vocabulary or data set.
        CapabilityError: the model reads no text.

    Example:
        >>> concepts("cat.jpg", k=4).words
        ('tabby', 'furry wool', 'a close-up', 'Egyptian cat')
    """
    if not 1 <= k <= MOST_WORDS:
        raise InputError(f"A picture can be written in 1 to {MOST_WORDS} words, not {k}.")
    start = time.perf_counter()
    encoder = reading(model)
    vector = encode_picture(encoder, image)  # one that can't be opened isn't waited for
    name, data = words or usual_vocabulary(model), dataset or usual_dataset(model)
    known = word_sums(encoder, name, data, progress)
    texts = known.texts
    found = known.sums.of(vector, [k])[0]
    cosines, usual = known.vectors @ vector, known.vectors @ known.mean_picture
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        settings={"words": f"{name} ({len(texts):,})", "mean picture of": data, "at most": k},
    )
    return Concepts(
        tuple(texts[int(i)] for i in found.words),
        tuple(float(weight) for weight in found.weights),
        found.cosine,
        found.centred_cosine,
        _best(texts, cosines),
        _best(texts, cosines - usual),
        stamp,
    )


def head_texts(
    model: str = "shapes-clip",
    dataset: str = "",
    words: str = "",
    k: int = 5,
    progress: Progress = silent,
) -> HeadTexts:
    """Find the texts that span what each head gives (TextSpan, Gandelsman et al. 2024).

    https://arxiv.org/abs/2310.05916. Beside each head stands what shuffled texts would explain.

    Args:
        model: an image-text transformer.
        dataset: whose pictures are shown to it; left out, the one that suits the model.
        words: a vocabulary; left out, the one that suits the model.
        k: texts for each head.
        progress: told as the work goes.

    Raises:
        InputError: there is no such model, data set or vocabulary.
        CapabilityError: the model reads no text, or has no heads that can be taken apart.
    """
    start = time.perf_counter()
    encoder = reading(model)
    data, name = dataset or usual_dataset(model), words or usual_vocabulary(model)
    table = head_table(model, data, progress)
    texts = vocabulary(name)
    vectors = encode_texts(encoder, texts, progress).astype(np.float64)
    middle = vectors - vectors.mean(0)
    layers, heads = table.shape
    weight = np.zeros((layers, heads), np.float32)
    centred: dict[Part, Words] = {}
    raw: dict[Part, Words] = {}
    for layer in range(layers):
        for head in range(heads):
            progress(layer * heads + head, layers * heads, "heads put into words")
            given = table.outputs(layer, head)
            about = given - given.mean(0)
            weight[layer, head] = float(about.var(0).sum())
            centred[layer, head] = words_of_head(about, middle, texts, k)
            raw[layer, head] = words_of_head(given, vectors, texts, k)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(table.rows),
        seed=0,
        settings={"data": data, "words": f"{name} ({len(texts):,})", "texts a head": k},
    )
    return HeadTexts(centred, raw, weight / max(float(weight.sum()), 1e-12), stamp)


def words_of_head(outputs: Floats, vectors: Wide, texts: tuple[str, ...], k: int) -> Words:
    """Return the texts (vectors (m, d)) that span a head's outputs (n, d), beside shuffled ones."""
    from replearn.decompositions.text_span import reach, shuffled_span, text_span

    given = reach(outputs)
    found = text_span(given, vectors, k)
    by_chance = [shuffled_span(given, vectors, k, seed).explained.sum() for seed in range(SHUFFLES)]
    return Words(
        tuple(texts[int(i)] for i in found.texts),
        tuple(float(share) for share in found.explained),
        float(np.mean(by_chance)),
    )


def reading(model: str) -> Encoder:
    """Open a model that reads text.

    Raises:
        CapabilityError: it reads none.
    """
    encoder = load_model(model)
    if "text" not in encoder.card.capabilities:
        raise CapabilityError(
            f"{model} reads no text, so there are no words for its parts; choose shapes-clip, "
            "emoji-clip or photo-clip."
        )
    return encoder


def _best(texts: tuple[str, ...], values: Floats) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-values, kind="stable")[:NEAREST]
    return tuple((texts[int(i)], float(values[i])) for i in order)
