"""Groups against the rest, and the best against the worst."""

from dataclasses import dataclass

from replearn.core.statistics import Estimate
from replearn.results.groups.group import Columns


@dataclass(frozen=True)
class GroupTest:
    """A group against all pictures that aren't in it.

    Attributes:
        by, values: the group.
        difference: its accuracy minus that of the rest, with its bootstrap interval.
        p: by Fisher's exact test.
        corrected: the same by Holm, for all groups of these columns.
    """

    by: Columns
    values: Columns
    difference: Estimate
    p: float
    corrected: float


@dataclass(frozen=True)
class GroupGap:
    """The best group minus the worst.

    Attributes:
        by: the columns.
        best, worst: the groups' values.
        gap: with its bootstrap interval, of pairs where the pictures are paired.
        paired: whether the two groups show the same things.
        chance: what the widest gap exceeds in 5 of 100 samples where all groups are alike.
        p: of all groups being alike, by Pearson's chi-square.
    """

    by: Columns
    best: Columns
    worst: Columns
    gap: Estimate
    paired: bool
    chance: float
    p: float
