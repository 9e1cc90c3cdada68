"""Answers as tables and pictures, each from its result."""

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from replearn.data.images import open_image
from replearn.plotting.parts.bars import part_name
from replearn.results.distortions import Distorted
from replearn.results.heat_map import HeatMap
from replearn.results.invariance import Invariance
from replearn.results.many_pictures import CosineMatrix, Evaluation, Prediction
from replearn.results.map import EmbeddingMap, Neighbours
from replearn.results.parts import Contributions
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.taking_home.asked import SIDE, Cell, Shot, Table

SHOWN = 10  # rows of a long answer
Answer = Probabilities | ClassProbabilities


@functools.lru_cache(maxsize=32)  # an upload has a path of its own for its content
def picture_shot(path: str) -> Shot:
    """Return the picture that a question is about, small.

    Raises:
        InputError: it can't be opened.
    """
    small = open_image(path)
    small.thumbnail((SIDE, SIDE))
    return Shot(small)


def labels_table(answer: Answer) -> Table:
    """Return the most probable labels."""
    second = answer.cosines if isinstance(answer, Probabilities) else answer.logits
    rows = [
        (answer.labels[i], float(answer.probabilities[i]), float(second[i]))
        for i in answer.order[:SHOWN]
    ]
    name = "cosine" if isinstance(answer, Probabilities) else "logit"
    return Table(("label", "probability", name), tuple(rows))


def heat_map_table(found: HeatMap) -> Table:
    """Return the score, and the extremes of the map."""
    low, high = float(np.nanmin(found.values)), float(np.nanmax(found.values))
    rows = ((found.target, found.score, low, high),)
    return Table(("target", "score", "lowest value", "highest value"), rows)


def parts_table(found: Contributions) -> Table:
    """Return the strongest parts, and the score that all parts add up to."""
    rows = [(part_name(part), share) for part, share in found.strongest(SHOWN)]
    return Table(("part", "adds"), (*rows, ("all together", found.score)))


def distorted_table(found: Distorted) -> Table:
    """Return the most probable labels of the distorted picture, beside the clean one's."""
    before = dict(zip(found.clean.labels, found.clean.probabilities, strict=True))
    rows = [(label, p, float(before[label])) for label, p in found.changed.top(SHOWN)]
    return Table(("label", "probability", "clean"), tuple(rows))


def map_table(found: EmbeddingMap) -> Table:
    """Return how many points there are and how many neighbours the map keeps."""
    rows = [(name, float(share)) for name, share in found.preservation.items()]
    return Table(("figure", "value"), (("points", str(len(found.ids))), *rows))


def neighbours_table(near: Neighbours) -> Table:
    """Return the nearest pictures with their cosines."""
    rows = zip(near.captions, map(float, near.similarities), strict=True)
    return Table(("nearest", "cosine"), tuple(rows))


def invariance_table(found: Invariance) -> Table:
    """Return each model's areas, and its cosine at the two ends of the factor."""
    rows = [
        (
            one.model,
            one.rescaled.value,
            one.area.value,
            one.cosine[0].value,
            one.cosine[-1].value,
        )
        for one in found.embeddings
    ]
    levels = found.embeddings[0].levels
    ends = (f"cosine at {levels[0]:.3g}", f"cosine at {levels[-1]:.3g}")
    return Table(("model", "area, chance 0", "plain area", *ends), tuple(rows))


def cosines_table(found: CosineMatrix) -> Table:
    """Return the matrix, a row for each picture."""
    rows: list[tuple[Cell, ...]] = [
        (name, *row) for name, row in zip(found.pictures, found.cosines.tolist(), strict=True)
    ]
    return Table(("picture", *found.texts), tuple(rows))


def accuracy_table(found: Evaluation) -> Table:
    """Return accuracy with its interval, n, and the calibration error."""
    one = found.accuracy
    row = (one.value, one.low, one.high, str(one.n), found.reliability.ece)
    return Table(("accuracy", "95 % from", "to", "n", "expected calibration error"), (row,))


def suggestions_table(rows: Sequence[Prediction]) -> Table:
    """Return the first suggested labels."""
    found = tuple((Path(row.id).name, row.prediction, row.confidence) for row in rows[:SHOWN])
    return Table(("picture", "label", "confidence"), found)
