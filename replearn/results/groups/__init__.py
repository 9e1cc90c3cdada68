"""For whom does it work: accuracy by group, gaps, tests; comparison, search and slices beside."""

from replearn.results.groups.gaps import GroupGap, GroupTest
from replearn.results.groups.group import SMALLEST, Columns, Group, Mistake
from replearn.results.groups.odds import Odds, OddsRow
from replearn.results.groups.report import GroupReport, group_records

__all__ = [
    "SMALLEST",
    "Columns",
    "Group",
    "GroupGap",
    "GroupReport",
    "GroupTest",
    "Mistake",
    "Odds",
    "OddsRow",
    "group_records",
]
