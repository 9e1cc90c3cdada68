"""Equal opportunity and equalised odds: one class, asked of every group (Hardt et al. 2016)."""

import math

import numpy as np

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.core.statistics import Proportion, proportion
from replearn.results.groups import SMALLEST, Odds, OddsRow
from replearn.studies.groups.answers import Answers
from replearn.studies.groups.columns import Grouping


def class_index(answers: Answers, name: str) -> int:
    """Return where a class stands among the answers.

    Raises:
        InputError: there is no such class.
    """
    known = {one.casefold(): i for i, one in enumerate(answers.classes)}
    if name.strip().casefold() not in known:
        raise InputError(
            f"{answers.data} has no class {name!r}; choose one of "
            f"{', '.join(answers.classes[:20])}.{nearest(name, answers.classes)}"
        )
    return known[name.strip().casefold()]


def odds_of(answers: Answers, grouping: Grouping, positive: str) -> Odds:
    """Return rates of one class by group; smaller groups than 20 of each kind are left out.

    Paper: https://arxiv.org/abs/1610.02413

    Raises:
        InputError: there is no such class.
    """
    asked = class_index(answers, positive)
    is_it, called = answers.truth == asked, answers.said == asked
    rows = []
    for code, values in enumerate(grouping.values):
        inside = grouping.codes == code
        of_it, of_others = inside & is_it, inside & ~is_it
        if min(of_it.sum(), of_others.sum()) < SMALLEST:
            continue
        shares = [_share(called, some) for some in (of_it, of_others, inside)]
        rows.append(OddsRow(grouping.by, values, *shares))
    hit = _range([row.true_positive for row in rows])
    false = _range([row.false_positive for row in rows])
    return Odds(answers.classes[asked], tuple(rows), hit, max(hit, false))


def _share(called: np.ndarray, some: np.ndarray) -> Proportion:
    return proportion(int((called & some).sum()), int(some.sum()))


def _range(shares: list[Proportion]) -> float:
    values = [one.value for one in shares]
    return max(values) - min(values) if len(values) > 1 else math.nan
