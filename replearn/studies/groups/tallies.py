"""What groups got right, their gaps and tests, from answers in memory."""

from collections import Counter

import numpy as np
import numpy.typing as npt

from replearn.core.share_tests import (
    difference,
    equal_shares,
    fisher,
    holm,
    paired_difference,
    widest_by_chance,
)
from replearn.core.statistics import proportion, reliability
from replearn.results.groups import SMALLEST, Group, GroupGap, GroupTest, Mistake
from replearn.studies.groups.answers import Answers
from replearn.studies.groups.columns import Grouping, usable

MISTAKES = 5  # kinds of mistakes that are told
SHOWN = 12  # mistakes that can be looked at

Ints = npt.NDArray[np.int64]


def groups_of(answers: Answers, grouping: Grouping) -> list[Group]:
    """Return every group, the worst first; those too small to be ranked stand last."""
    found = []
    order = np.argsort(grouping.codes, kind="stable")
    starts = np.searchsorted(grouping.codes[order], np.arange(len(grouping.values) + 1))
    for code, values in enumerate(grouping.values):
        found.append(_group(answers, grouping.by, values, order[starts[code] : starts[code + 1]]))
    return sorted(found, key=lambda one: (not one.ranked, one.accuracy.value, -one.accuracy.n))


def _group(answers: Answers, by: tuple[str, ...], values: tuple[str, ...], inside: Ints) -> Group:
    right, sure = answers.right[inside], answers.confidence[inside]
    wrong = inside[~right]
    kinds = Counter(zip(answers.truth[wrong].tolist(), answers.said[wrong].tolist(), strict=True))
    surest = wrong[np.argsort(-answers.confidence[wrong], kind="stable")][:SHOWN]
    return Group(
        by,
        values,
        proportion(int(right.sum()), len(inside)),
        reliability(sure, right).ece,
        float(sure.mean()),
        tuple(
            Mistake(answers.classes[label], answers.classes[said], count)
            for (label, said), count in kinds.most_common(MISTAKES)
        ),
        tuple(answers.rows[surest].tolist()),
    )


def tests_of(groups: list[Group]) -> tuple[GroupTest, ...]:
    """Return every ranked group against the rest, corrected for their number."""
    counted = [(round(g.accuracy.value * g.accuracy.n), g.accuracy.n) for g in groups]
    right, total = sum(r for r, _ in counted), sum(n for _, n in counted)
    tested = [
        (group, hits, n)
        for group, (hits, n) in zip(groups, counted, strict=True)
        if group.ranked and n < total
    ]
    p = [fisher(hits, n, right - hits, total - n) for _, hits, n in tested]
    corrected = holm(p)
    return tuple(
        GroupTest(
            group.by,
            group.values,
            difference(hits, n, right - hits, total - n),
            p[i],
            float(corrected[i]),
        )
        for i, (group, hits, n) in enumerate(tested)
    )


def gap_of(answers: Answers, grouping: Grouping, groups: list[Group]) -> GroupGap | None:
    """Return the best group minus the worst; None where fewer than two can be ranked."""
    ranked = [one for one in groups if one.ranked]
    if len(ranked) < 2:
        return None
    worst, best = ranked[0], ranked[-1]
    right = [round(one.accuracy.value * one.accuracy.n) for one in ranked]
    sizes = [one.accuracy.n for one in ranked]
    pairs = pairs_of(answers, grouping, best.values, worst.values)
    if pairs is None:
        gap = difference(right[-1], sizes[-1], right[0], sizes[0])
    else:
        gap = paired_difference(answers.right[pairs[0]], answers.right[pairs[1]])
    return GroupGap(
        grouping.by,
        best.values,
        worst.values,
        gap,
        pairs is not None,
        widest_by_chance(sum(right), sizes),
        equal_shares(right, sizes),
    )


def pairs_of(
    answers: Answers, grouping: Grouping, first: tuple[str, ...], second: tuple[str, ...]
) -> tuple[Ints, Ints] | None:
    """Return the pictures of two groups in pairs, or None where they show different things.

    They are paired where the label and all other columns together tell every picture of a group
    from the rest of it, and are the same in both groups.
    """
    inside = [
        np.flatnonzero(grouping.codes == grouping.values.index(values))
        for values in (first, second)
    ]
    others = [one.codes for one in usable(answers) if not set(one.by) & set(grouping.by)]
    if len(inside[0]) != len(inside[1]) or not others:
        return None
    keys = np.stack([answers.truth, *others], 1)
    sets = [keys[rows] for rows in inside]
    orders = [np.lexsort(some.T[::-1]) for some in sets]
    ordered = [some[order] for some, order in zip(sets, orders, strict=True)]
    same = np.array_equal(ordered[0], ordered[1])
    if not same or (ordered[0][1:] == ordered[0][:-1]).all(1).any():
        return None
    return inside[0][orders[0]], inside[1][orders[1]]


def smallest_note(groups: list[Group]) -> tuple[str, ...]:
    """Say how many groups are too small to be ranked."""
    small = [one for one in groups if not one.ranked]
    if not small:
        return ()
    by = " x ".join(small[0].by)
    return (f"{by}: {len(small):,} of {len(groups):,} groups have fewer than {SMALLEST} pictures.",)
