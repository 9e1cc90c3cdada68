"""What reports of groups say, in sentences of plain text."""

from collections.abc import Sequence

from replearn.plotting.groups.numbers import p_value, signed
from replearn.results.groups import Columns, GroupReport, Odds
from replearn.results.groups.comparison import GroupComparison


def gap_sentence(found: GroupReport, by: Columns) -> str:
    """Say which group is best, which worst, how far apart, and what chance alone would do."""
    gap = found.gap(by)
    columns = " x ".join(by)
    if gap is None:
        return f"Fewer than two groups by {columns} have 20 pictures."
    worst = found.worst(by)
    assert worst is not None  # there is a gap
    paired = ", the same pictures but for it" if gap.paired else ""
    verdict = (
        f"Groups that are all alike would lie {gap.chance:.2f} apart in 5 of 100 samples, so this "
        f"is {'more than chance' if gap.gap.value > gap.chance else 'no more than chance does'}"
    )
    return (
        f"Worst by {columns} is {worst.name}, {worst.accuracy}; "
        f"{', '.join(gap.best)} is {signed(gap.gap)} better{paired} (n = {gap.gap.n:,}). "
        f"{verdict} (chi-square p {p_value(gap.p)})."
    )


def change_sentence(found: GroupComparison) -> str:
    """Say whether the gap closed, by how much, and who paid."""
    closed = found.closed
    if closed.low > 0:
        verdict = "The gap closed"
    elif closed.high < 0:
        verdict = "The gap widened"
    else:
        verdict = "Whether the gap changed can't be told"
    change = found.overall.change
    lost = [f"{', '.join(row.values)} {signed(row.change)}" for row in found.lost]
    cost = f"Worse off: {'; '.join(lost)}." if lost else "No group is worse off beyond chance."
    return (
        f"{verdict}: the worst group gained {signed(closed)} on the best (n = {closed.n:,}, "
        f"the half that had no part in naming the two). Best minus worst is "
        f"{found.gap_before:.2f} before and {found.gap_after:.2f} after. All pictures: "
        f"{found.overall.before.value:.2f} before, {found.overall.after.value:.2f} after "
        f"({signed(change)}, n = {change.n:,}). {cost}"
    )


def odds_sentence(found: Odds) -> str:
    """Say the two differences of one class."""
    if len(found.rows) < 2:
        return (
            f"Fewer than two groups have 20 pictures that are {found.positive} and 20 that aren't."
        )
    return (
        f"{found.positive}: true positive rates differ by {found.opportunity:.2f} at most (equal "
        f"opportunity wants 0); the wider of that and of the false positive rates is "
        f"{found.odds:.2f} (equalised odds wants 0)."
    )


def said_of(reports: Sequence[GroupReport]) -> list[str]:
    """Return the notes of several reports, each once."""
    return list(dict.fromkeys(note for report in reports for note in report.notes))
