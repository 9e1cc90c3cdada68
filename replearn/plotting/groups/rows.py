"""Reports of groups as rows of plain texts, for tables."""

from collections.abc import Sequence

from replearn.plotting.groups.numbers import p_value, share, signed
from replearn.results.groups import Columns, GroupReport, Odds
from replearn.results.groups.comparison import GroupChange, GroupComparison
from replearn.results.groups.search import GroupSearch
from replearn.results.groups.slices import Slices

Rows = list[list[str]]
GROUP_COLUMNS = [
    "group",
    "n",
    "accuracy",
    "minus the rest",
    "p (Holm)",
    "calibration error",
    "said instead",
]
CHANGE_COLUMNS = ["group", "n", "before", "after", "change", "p (Holm)"]
TELLING_COLUMNS = ["columns", "groups", "they explain", "p (Holm)"]
SUSPECT_COLUMNS = ["group", "found on one half", "on the other half", "minus the rest", "holds"]
SLICE_COLUMNS = [
    "slice",
    "words",
    "found",
    "on the other half",
    "minus the rest",
    "holds",
    "are",
    "said",
]
ODDS_COLUMNS = ["group", "true positive rate", "false positive rate", "called so"]


def group_rows(found: GroupReport, by: Columns) -> Rows:
    """Return a row for each group, the worst first."""
    tests = {(one.by, one.values): one for one in found.tests}
    rows = []
    for row in found.groups(by):
        test = tests.get((row.by, row.values))
        said = "; ".join(f"{m.label} → {m.said} ({m.count})" for m in row.mistakes[:3])
        rows.append(
            [
                row.name if row.ranked else f"{row.name} (too few)",
                f"{row.accuracy.n:,}",
                share(row.accuracy),
                signed(test.difference) if test else "–",
                p_value(test.corrected) if test else "–",
                f"{row.ece:.2f}",
                said or "–",
            ]
        )
    return rows


def change_rows(found: GroupComparison) -> Rows:
    """Return a row for each group, asked twice, and one for all pictures."""
    return [_change(row) for row in (*found.rows, found.overall)]


def telling_rows(found: GroupSearch, most: int = 6) -> Rows:
    """Return the columns and pairs that tell most of where it fails."""
    return [
        [" x ".join(one.by), str(one.groups), f"{one.explained:.2f}", p_value(one.corrected)]
        for one in found.telling[:most]
    ]


def suspect_rows(found: GroupSearch) -> Rows:
    """Return the groups that fail on one half, and what they do on the other."""
    return [
        [
            f"{', '.join(one.values)} ({' x '.join(one.by)})",
            str(one.found),
            str(one.checked),
            signed(one.difference),
            "yes" if one.holds else "no",
        ]
        for one in found.suspects
    ]


def slice_rows(found: Slices) -> Rows:
    """Return a row for each blind spot, the worst first."""
    return [
        [
            str(one.number),
            "; ".join(one.words) or "–",
            str(one.found),
            str(one.checked),
            signed(one.difference),
            "yes" if one.holds else "no",
            _shares(one.labels),
            _shares(one.said),
        ]
        for one in found.rows
    ]


def odds_rows(found: Odds) -> Rows:
    """Return rates of one class by group."""
    return [
        [
            ", ".join(row.values),
            str(row.true_positive),
            str(row.false_positive),
            str(row.selected),
        ]
        for row in found.rows
    ]


def _shares(shares: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {part:.2f}" for name, part in shares)


def _change(row: GroupChange) -> list[str]:
    name = ", ".join(row.values)
    return [
        name if row.ranked else f"{name} (too few)",
        f"{row.before.n:,}",
        share(row.before),
        share(row.after),
        signed(row.change),
        p_value(row.corrected),
    ]
