"""Which columns tell where a model fails; groups that fail, found and then checked."""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate, Proportion
from replearn.results.groups.group import Columns
from replearn.results.groups.plain import estimate_dict, share_dict
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True)
class Telling:
    """How much of right and wrong some columns tell.

    Attributes:
        by: a column, or two.
        groups: how many there are.
        explained: share of the variance of right and wrong, less what chance explains.
        p: of all groups being alike (chi-square).
        corrected: by Holm, for all columns and pairs that were tried.
    """

    by: Columns
    groups: int
    explained: float
    p: float
    corrected: float


@dataclass(frozen=True)
class Suspect:
    """A group that fails on the half where it was looked for, and what it does on the other.

    Attributes:
        by, values: the group.
        found: accuracy on the first half, of which it was among the worst.
        checked: accuracy on the second half, which had no part in finding it.
        difference: on the second half, its accuracy minus that of the rest.
        corrected: p of that (Fisher), by Holm for the number of suspects.
    """

    by: Columns
    values: Columns
    found: Proportion
    checked: Proportion
    difference: Estimate
    corrected: float

    @property
    def holds(self) -> bool:
        """Whether the second half bears it out: worse than the rest, and not by chance."""
        return self.difference.value < 0 and self.corrected < 0.05


@dataclass(frozen=True)
class GroupSearch:
    """Where a model fails, without being told where to look.

    Attributes:
        telling: columns and pairs of columns, those that tell most first.
        suspects: the worst groups of the first half, checked on the second.
        tried: how many groups were looked at.
        overall: accuracy of all pictures.
        stamp: where the figures come from.
    """

    telling: tuple[Telling, ...]
    suspects: tuple[Suspect, ...]
    tried: int
    overall: Proportion
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON."""
        return {
            "overall": share_dict(self.overall),
            "groups tried": self.tried,
            "columns": [
                {
                    "by": list(one.by),
                    "groups": one.groups,
                    "explained": one.explained,
                    "p": one.p,
                    "p, Holm": one.corrected,
                }
                for one in self.telling
            ],
            "suspects": [
                {
                    "by": list(one.by),
                    "group": list(one.values),
                    "found": share_dict(one.found),
                    "checked": share_dict(one.checked),
                    **estimate_dict("minus the rest", one.difference),
                    "p, Holm": one.corrected,
                    "holds": one.holds,
                }
                for one in self.suspects
            ],
            "stamp": stamp_dict(self.stamp),
        }
