"""What heads carry by numbers, and what is left without some of them."""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate
from replearn.results.parts import Part
from replearn.results.stamp import Floats, Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class HeadFactors:
    """How well each factor of `shapes` can be read from each head alone.

    Attributes:
        factors: their names.
        read: (layers, heads, factors), accuracy on test pictures.
        shuffled: the same where the labels that were learnt were shuffled.
        chance: (factors,), of always saying the most frequent value.
        half_width: of a 95 % interval at its widest, for all cells.
        stamp: where it comes from.
    """

    factors: tuple[str, ...]
    read: Floats
    shuffled: Floats
    chance: tuple[float, ...]
    half_width: float
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "factors": list(self.factors),
            "read": self.read.round(4).tolist(),
            "shuffled": self.shuffled.round(4).tolist(),
            "chance": list(self.chance),
            "half_width": self.half_width,
            "stamp": stamp_dict(self.stamp),
        }


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
