"""Two answers to the same pictures, by group: did the gap close, and at whose cost?"""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate, Proportion
from replearn.results.groups.group import Columns
from replearn.results.groups.plain import estimate_dict, share_dict
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True)
class GroupChange:
    """One group, asked twice.

    Attributes:
        values: the group.
        before, after: accuracies, with their Wilson intervals.
        change: after minus before, of the same pictures, with its bootstrap interval.
        corrected: p of no change (McNemar), by Holm for the number of groups.
        ranked: whether the group has at least 20 pictures.
    """

    values: Columns
    before: Proportion
    after: Proportion
    change: Estimate
    corrected: float
    ranked: bool


@dataclass(frozen=True)
class GroupComparison:
    """What changed between two ways of asking the same pictures.

    Attributes:
        by: the columns.
        ways: what the two are called: before, and after.
        rows: every group, the worst before first.
        gap_before, gap_after: best minus worst; each with the groups that it has, for the worst
            may be another one afterwards.
        closed: what the worst group gained on the best, with its bootstrap interval; above zero
            the gap closed. The two are named on one half of the pictures, measured on the other.
        overall: change of all pictures.
        note: what was done, and what it was done on.
        stamp: where the figures come from.
    """

    by: Columns
    ways: tuple[str, str]
    rows: tuple[GroupChange, ...]
    gap_before: float
    gap_after: float
    closed: Estimate
    overall: GroupChange
    note: str
    stamp: Stamp

    @property
    def lost(self) -> tuple[GroupChange, ...]:
        """Groups that are worse off, beyond chance."""
        return tuple(one for one in self.rows if one.change.high < 0)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON."""
        return {
            "by": list(self.by),
            "ways": list(self.ways),
            "gap before": self.gap_before,
            "gap after": self.gap_after,
            "closed": estimate_dict("value", self.closed),
            "overall": _record(self.overall),
            "groups": [_record(row) for row in self.rows],
            "note": self.note,
            "stamp": stamp_dict(self.stamp),
        }


def _record(row: GroupChange) -> dict[str, Any]:
    return {
        "group": list(row.values),
        "before": share_dict(row.before),
        "after": share_dict(row.after),
        **estimate_dict("change", row.change),
        "p, Holm": row.corrected,
        "ranked": row.ranked,
    }
