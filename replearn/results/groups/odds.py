"""Equal opportunity and equalised odds, for one class."""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Proportion
from replearn.results.groups.group import Columns
from replearn.results.groups.plain import share_dict


@dataclass(frozen=True)
class OddsRow:
    """One group, asked for one class.

    Attributes:
        by, values: the group.
        true_positive: share of that class's pictures that are called so.
        false_positive: share of the others that are called so.
        selected: share of all that are called so.
    """

    by: Columns
    values: Columns
    true_positive: Proportion
    false_positive: Proportion
    selected: Proportion


@dataclass(frozen=True)
class Odds:
    """Equal opportunity and equalised odds for one class (Hardt et al. 2016).

    Attributes:
        positive: the class.
        rows: groups with at least 20 pictures of the class and 20 of the others.
        opportunity: the widest difference of true positive rates; nan of fewer than two groups.
        odds: the wider of that and of the widest difference of false positive rates.
    """

    positive: str
    rows: tuple[OddsRow, ...]
    opportunity: float
    odds: float


def odds_record(row: OddsRow) -> dict[str, Any]:
    """Return a group's rates as plain data."""
    return {
        "by": " x ".join(row.by),
        "group": ", ".join(row.values),
        "true positive rate": share_dict(row.true_positive),
        "false positive rate": share_dict(row.false_positive),
        "selected": share_dict(row.selected),
    }
