"""How much of zero-shot is left where pictures are written in a few words?"""

import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import Proportion, proportion
from replearn.data import load_dataset
from replearn.data.vocabularies import usual_dataset, usual_vocabulary
from replearn.encoders.registry import load_model
from replearn.results.part_words import ConceptAccuracy, ConceptPoint
from replearn.results.stamp import Floats, Stamp
from replearn.store.table import embed
from replearn.studies.answering.prompts import encode_prompts
from replearn.studies.parts.word_sums import word_sums
from replearn.studies.parts.words import MOST_WORDS, reading

COUNTS = (1, 2, 4, 8, 16, 32)
MOST = 1000  # pictures, spread evenly over a larger data set
SHIPPED = ("shapes-clip", "photo-clip")  # each on the data set that suits it


def concept_accuracy(
    model: str = "photo-clip",
    dataset: str = "",
    *,
    words: str = "",
    counts: Sequence[int] = COUNTS,
    progress: Progress = silent,
) -> ConceptAccuracy:
    """Write every picture of a data set in k words (SpLiCE), and ask zero-shot of what is left.

    Bhalla et al. 2024, figure 4, https://arxiv.org/abs/2402.10376. The labels are the data set's
    classes in the usual templates.

    Args:
        model: any model that reads text.
        dataset: with classes; its mean picture is taken away. Left out, the one that suits the
            model.
        words: a vocabulary; left out, the one that suits the model.
        counts: the most words of a picture, each a point.
        progress: told as words and pictures are encoded, and as pictures are written.

    Raises:
        InputError: there is no such model, data set or vocabulary, or no classes.
        CapabilityError: the model reads no text.

    Example:
        >>> [str(point.accuracy) for point in concept_accuracy("shapes-clip").points]
    """
    asked = sorted(set(counts))
    if not asked or asked[0] < 1 or asked[-1] > MOST_WORDS:
        raise InputError(f"Pictures can be written in 1 to {MOST_WORDS} words; ask for those.")
    start = time.perf_counter()
    encoder = reading(model)
    name, data_name = words or usual_vocabulary(model), dataset or usual_dataset(model)
    data = load_dataset(data_name)
    table = embed(data, encoder, progress)
    rows = np.flatnonzero(table.labels >= 0)
    if not len(rows):
        raise InputError(f"{data.name} has no labels; choose a data set with classes.")
    rows = rows[np.linspace(0, len(rows) - 1, min(MOST, len(rows))).round().astype(int)]
    truth = table.labels[rows]
    prompts = encode_prompts(encoder, data.class_names, None, progress=progress)
    classifier = prompts.classifier(encoder.temperature)
    known = word_sums(encoder, name, data_name, progress)
    vectors = table.take(rows).vectors
    rebuilt = np.empty((len(asked), *vectors.shape), np.float32)
    cosines = np.empty((len(asked), len(rows)))
    for i, vector in enumerate(vectors):
        progress(i, len(rows), "pictures written in words")
        for j, found in enumerate(known.sums.of(vector, asked)):
            rebuilt[j, i], cosines[j, i] = found.rebuilt, found.cosine

    def right(some: Floats) -> Proportion:
        answers = classifier.cosines(some).argmax(1)
        return proportion(int((answers == truth).sum()), len(rows))

    points = tuple(
        ConceptPoint(k, right(some), round(float(cosine.mean()), 4))
        for k, some, cosine in zip(asked, rebuilt, cosines, strict=True)
    )
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(rows),
        settings={
            "data": data_name,
            "words": f"{name} ({len(known.texts):,})",
            "labels": len(data.class_names),
            "templates": prompts.vectors.shape[1],
        },
    )
    chance = float(np.bincount(truth).max() / len(rows))
    return ConceptAccuracy(points, right(vectors), chance, stamp)


def build_concept_accuracy(progress: Progress = silent) -> None:
    """Compute the curves that ship; some minutes on two cores."""
    for model in SHIPPED:
        found = concept_accuracy(model, progress=progress)
        text = json.dumps(found.to_dict()) + "\n"
        _path(model).write_text(text, encoding="utf-8")


def shipped_concept_accuracy(model: str) -> ConceptAccuracy | None:
    """Return the curve that ships for a model, where one does and is of its weights."""
    if not _path(model).exists():
        return None
    said = json.loads(_path(model).read_text(encoding="utf-8"))
    stamp = Stamp(**said["stamp"])
    if stamp.fingerprint != load_model(model).fingerprint:
        return None
    points = (
        ConceptPoint(one["k"], Proportion(**one["accuracy"]), one["cosine"])
        for one in said["points"]
    )
    return ConceptAccuracy(tuple(points), Proportion(**said["whole"]), said["chance"], stamp)


def _path(model: str) -> Path:
    plain = "".join(c if c.isalnum() else "-" for c in model)
    return asset_path("parts", f"{plain}-concepts.json")
