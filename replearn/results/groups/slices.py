"""Blind spots nobody labelled: clusters of pictures on which a model fails."""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate, Proportion
from replearn.results.groups.plain import estimate_dict, share_dict
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True)
class Slice:
    """One cluster.

    Attributes:
        number: from 1, the worst first.
        found: accuracy on the pictures among which the slice was looked for.
        checked: accuracy on pictures that had no part in it, put into the slice without their
            answers.
        difference: of those, accuracy minus that of all others.
        corrected: p of that (Fisher), by Holm for the number of slices.
        words: texts that lie nearest to where the slice differs from the rest; none where no
            model of these pictures reads text.
        labels: the classes in it, with their shares, the most frequent first.
        said: what was said in it, in the same way.
        shown: rows of the data set, its most typical pictures.
        wrong: whether each of those was answered wrongly.
    """

    number: int
    found: Proportion
    checked: Proportion
    difference: Estimate
    corrected: float
    words: tuple[str, ...]
    labels: tuple[tuple[str, float], ...]
    said: tuple[tuple[str, float], ...]
    shown: tuple[int, ...]
    wrong: tuple[bool, ...]

    @property
    def holds(self) -> bool:
        """Whether the other pictures bear it out: worse than the rest, and not by chance."""
        return self.difference.value < 0 and self.corrected < 0.05


@dataclass(frozen=True)
class Slices:
    """A model's blind spots on a data set.

    Attributes:
        rows: the slices, the worst first.
        overall: accuracy of all pictures.
        vectors: the model in whose space the pictures lie.
        stamp: where the figures come from.
    """

    rows: tuple[Slice, ...]
    overall: Proportion
    vectors: str
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON."""
        return {
            "overall": share_dict(self.overall),
            "vectors": self.vectors,
            "slices": [slice_record(row) for row in self.rows],
            "stamp": stamp_dict(self.stamp),
        }


def slice_record(row: Slice) -> dict[str, Any]:
    """Return a slice as plain data."""
    return {
        "slice": row.number,
        "found": share_dict(row.found),
        "checked": share_dict(row.checked),
        **estimate_dict("minus the rest", row.difference),
        "p, Holm": row.corrected,
        "holds": row.holds,
        "words": list(row.words),
        "labels": dict(row.labels),
        "said": dict(row.said),
        "pictures": list(row.shown),
    }
