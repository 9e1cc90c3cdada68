"""A model's accuracy by group."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from replearn.core.statistics import Proportion
from replearn.results.groups.gaps import GroupGap, GroupTest
from replearn.results.groups.group import Columns, Group
from replearn.results.groups.odds import Odds, odds_record
from replearn.results.groups.plain import estimate_dict, share_dict
from replearn.results.stamp import Stamp, stamp_dict

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class GroupReport:
    """A model's accuracy by group.

    Attributes:
        by: the columns that were asked for, each alone or together with one other.
        rows: every group, the worst first; those too small to be ranked stand last.
        gaps: for each of `by`.
        tests: every ranked group against the rest.
        overall: accuracy of all pictures.
        notes: sentences: how a column was read, and what was left out.
        odds: for each of `by` where a positive class is named.
        columns: what else the pictures could be grouped by.
        stamp: where the figures come from.
    """

    by: tuple[Columns, ...]
    rows: tuple[Group, ...]
    gaps: tuple[GroupGap, ...]
    tests: tuple[GroupTest, ...]
    overall: Proportion
    notes: tuple[str, ...]
    stamp: Stamp
    odds: tuple[Odds, ...] = ()
    columns: tuple[str, ...] = field(default=())

    def groups(self, by: Columns) -> tuple[Group, ...]:
        """Return the groups of some columns."""
        return tuple(row for row in self.rows if row.by == by)

    def gap(self, by: Columns) -> GroupGap | None:
        """Return the gap of some columns; None where fewer than two groups are large enough."""
        return next((gap for gap in self.gaps if gap.by == by), None)

    def worst(self, by: Columns) -> Group | None:
        """Return the worst group that is large enough to be ranked."""
        return next((row for row in self.groups(by) if row.ranked), None)

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each group, with its test against the rest."""
        import pandas as pd

        return pd.DataFrame([*group_records(self)])

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON."""
        return {
            "overall": share_dict(self.overall),
            "groups": group_records(self),
            "gaps": [
                {
                    "by": list(gap.by),
                    "best": list(gap.best),
                    "worst": list(gap.worst),
                    **estimate_dict("gap", gap.gap),
                    "paired": gap.paired,
                    "by chance": gap.chance,
                    "p": gap.p,
                }
                for gap in self.gaps
            ],
            "odds": [
                {
                    "positive": one.positive,
                    "opportunity": one.opportunity,
                    "odds": one.odds,
                    "groups": [odds_record(row) for row in one.rows],
                }
                for one in self.odds
            ],
            "columns": list(self.columns),
            "notes": list(self.notes),
            "stamp": stamp_dict(self.stamp),
        }


def group_records(found: GroupReport) -> list[dict[str, Any]]:
    """Return a row for each group, as a table has it; nothing is nan, what isn't known is None."""
    tests = {(one.by, one.values): one for one in found.tests}
    records = []
    for row in found.rows:
        test = tests.get((row.by, row.values))
        said = "; ".join(f"{one.label} -> {one.said} ({one.count})" for one in row.mistakes)
        records.append(
            {
                "by": " x ".join(row.by),
                "group": row.name,
                "n": row.accuracy.n,
                "accuracy": row.accuracy.value,
                "low": row.accuracy.low,
                "high": row.accuracy.high,
                "ranked": row.ranked,
                "minus the rest": test and test.difference.value,
                "p": test and test.p,
                "p, Holm": test and test.corrected,
                "calibration error": row.ece,
                "mean confidence": row.confidence,
                "said instead": said,
            }
        )
    return records
