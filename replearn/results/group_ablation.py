"""Zero-shot answers without a group of heads."""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate
from replearn.results.parts import Part
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True)
class Ablated:
    """What taking a group of heads off changes.

    Attributes:
        group: "carriers", the heads from which the factor is read best beside the others, or
            "others", as many from which it is read worst.
        heads: of the group.
        asked: what the prompts ask for: "colour" or "solid".
        before: share of right answers with all heads.
        change: of that share without them, paired picture by picture.
    """

    group: str
    heads: tuple[Part, ...]
    asked: str
    before: float
    change: Estimate


@dataclass(frozen=True)
class GroupAblation:
    """Answers about several factors without two groups of heads.

    Attributes:
        factor: what the carriers were chosen by.
        rows: a row for each group and question.
        stamp: where it comes from.
    """

    factor: str
    rows: tuple[Ablated, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON; heads are counted from 0."""
        return {
            "factor": self.factor,
            "rows": [
                {
                    "group": row.group,
                    "heads": [list(head) for head in row.heads],
                    "asked": row.asked,
                    "before": row.before,
                    "change": row.change.value,
                    "low": row.change.low,
                    "high": row.change.high,
                    "n": row.change.n,
                }
                for row in self.rows
            ],
            "stamp": stamp_dict(self.stamp),
        }
