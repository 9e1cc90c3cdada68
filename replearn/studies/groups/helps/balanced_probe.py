"""A probe on the model's own vectors, with every group of every class given the same weight.

The last layer alone, refitted on balanced data (Kirichenko et al. 2023,
https://arxiv.org/abs/2204.02937): does what the model knows suffice, and was it only badly used?
"""

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.seeds import generator
from replearn.results.groups import SMALLEST
from replearn.results.groups.comparison import GroupComparison
from replearn.studies.groups.helps.base import SEED, Case
from replearn.studies.groups.vectors import vectors_of

Rows = npt.NDArray[np.int64]


def balanced_probe(case: Case) -> GroupComparison:
    """Fit two linear probes on one half of the pictures and compare them on the other.

    Raises:
        InputError: too few pictures.
    """
    from replearn.training.measures import linear_probe

    answers = case.answers
    first = case.fitted_on() & (case.grouping.codes >= 0)
    rows = np.flatnonzero(first)
    if len(rows) < 2 * SMALLEST:
        raise InputError(f"A probe wants at least {4 * SMALLEST} pictures with a group.")
    vectors = vectors_of(answers, case.encoder.name, case.progress)
    cells = case.grouping.codes[rows].astype(np.int64) * len(answers.classes) + answers.truth[rows]
    said = []
    for chosen in (rows, rows[balanced(cells)]):
        probe = linear_probe(vectors[chosen], answers.truth[chosen], len(answers.classes))
        said.append((vectors @ probe.weight.T + probe.bias).argmax(1) == answers.truth)
    return case.told(
        said[0],
        said[1],
        ("probe, all pictures alike", "probe, groups balanced"),
        f"Probes fitted on {len(rows):,} pictures and measured on the other half.",
        ~case.fitted_on(),
    )


def balanced(cells: npt.NDArray[np.integer]) -> Rows:
    """Return rows drawn so that every cell is there as often as the largest: small ones repeat.

    Args:
        cells: (n,), which group of which class each row is of.
    """
    random = generator(SEED, "balanced")
    kinds, counts = np.unique(cells, return_counts=True)
    found = []
    for kind, count in zip(kinds, counts, strict=True):
        inside = np.flatnonzero(cells == kind)
        whole, rest = divmod(int(counts.max()), int(count))
        found += [np.tile(inside, whole), random.choice(inside, rest, replace=False)]
    return np.sort(np.concatenate(found))
