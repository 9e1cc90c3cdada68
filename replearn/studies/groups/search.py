"""Where does it fail? All columns and pairs of columns, without being told."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question, as_question
from replearn.core.seeds import generator
from replearn.core.share_tests import difference, equal_shares, explained, fisher, holm
from replearn.core.statistics import proportion
from replearn.data.base import Dataset
from replearn.results.groups import SMALLEST
from replearn.results.groups.search import GroupSearch, Suspect, Telling
from replearn.studies.groups.answers import Answers, answers_of
from replearn.studies.groups.columns import BINS, Grouping, crossed, usable

SUSPECTS = 8
SEED = 0
Counts = npt.NDArray[np.int64]


def search_groups(
    dataset: str | Dataset,
    model: str = "photo-clip",
    labels: Sequence[str] | Question | None = None,
    *,
    bins: int = BINS,
    progress: Progress = silent,
) -> GroupSearch:
    """Try every column and every pair of columns, and tell where a model fails.

    Among hundreds of groups some look bad by chance. So the pictures are divided at random: the
    worst groups are named on one half, by the upper end of their Wilson interval, and only those
    are tested on the other, corrected for their number (Holm).

    Args:
        dataset: with labels and further columns.
        model: that reads text, or whose head knows the data set's classes.
        labels: what to choose from, or a whole question; None takes the data set's classes.
        bins: into how many groups numbers are cut.
        progress: told as pictures are asked about; may raise `StoppedError`.

    Raises:
        InputError: no labels, or no column that divides the pictures.
        CapabilityError: the model can't choose.

    Example:
        >>> found = search_groups("shapes-tied:0.5", "shapes-background-tied")
        >>> found.telling[0].by
        ('solid', 'backdrop')
    """
    return searched(answers_of(dataset, model, as_question(labels), progress), bins)


def searched(answers: Answers, bins: int = BINS) -> GroupSearch:
    """Search in answers that are known."""
    alone = usable(answers, bins)
    if not alone:
        raise InputError(
            f"{answers.data} has no column that divides its pictures into groups; add a "
            "labels.csv with further columns."
        )
    pairs = [crossed(a, b) for a, b in combinations(alone, 2)]
    # a pair of which one column tells the other is that column again
    sizes = {one.by: len(one.values) for one in alone}
    every = [*alone]
    every += [one for one in pairs if len(one.values) > max(sizes[(name,)] for name in one.by)]
    halves = generator(SEED, "halves").permutation(len(answers)) % 2 == 0
    right = answers.right
    return GroupSearch(
        _telling(every, right),
        _suspects(every, right, halves),
        sum(len(one.values) for one in every),
        proportion(int(right.sum()), len(right)),
        replace(answers.stamp, seed=SEED),
    )


def _telling(every: Sequence[Grouping], right: np.ndarray) -> tuple[Telling, ...]:
    counted = [_counted(one, right) for one in every]
    p = [equal_shares(hits, n) for hits, n in counted]
    corrected = holm(p)
    found = [
        Telling(one.by, len(one.values), explained(hits, n), p[i], float(corrected[i]))
        for i, (one, (hits, n)) in enumerate(zip(every, counted, strict=True))
    ]
    # of two that tell as much the one with fewer columns comes first
    return tuple(sorted(found, key=lambda one: (-round(one.explained, 3), len(one.by))))


def _suspects(
    every: Sequence[Grouping], right: np.ndarray, first: np.ndarray
) -> tuple[Suspect, ...]:
    found = []
    for one in every:
        hits, n = _counted(one, right, first)
        again, m = _counted(one, right, ~first)
        for code in np.flatnonzero((n + m >= SMALLEST) & (n > 0) & (m > 0)):
            share = proportion(int(hits[code]), int(n[code]))
            found.append((share, one, code, int(again[code]), int(m[code])))
    found.sort(key=lambda row: (row[0].high, len(row[1].by)))
    named = found[:SUSPECTS]
    rest, total = int(right[~first].sum()), int((~first).sum())
    named = [row for row in named if row[4] < total]
    corrected = holm([fisher(hits, n, rest - hits, total - n) for *_, hits, n in named])
    return tuple(
        Suspect(
            one.by,
            one.values[code],
            share,
            proportion(hits, n),
            difference(hits, n, rest - hits, total - n),
            float(corrected[i]),
        )
        for i, (share, one, code, hits, n) in enumerate(named)
    )


def _counted(
    one: Grouping, right: np.ndarray, among: np.ndarray | None = None
) -> tuple[Counts, Counts]:
    inside = one.codes >= 0 if among is None else (one.codes >= 0) & among
    n = np.bincount(one.codes[inside], minlength=len(one.values))
    hits = np.bincount(one.codes[inside & right], minlength=len(one.values))
    return hits, n
