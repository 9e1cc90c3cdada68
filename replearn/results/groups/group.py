"""One group of pictures, and what was said of it."""

from dataclasses import dataclass

from replearn.core.statistics import Proportion

SMALLEST = 20  # pictures; a smaller group is shown, never ranked or tested
Columns = tuple[str, ...]


@dataclass(frozen=True)
class Mistake:
    """What was said instead of what, and how often."""

    label: str
    said: str
    count: int


@dataclass(frozen=True)
class Group:
    """One group: a value of a column, or of two together.

    Attributes:
        by: the columns.
        values: a value of each.
        accuracy: with its Wilson interval.
        ece: expected calibration error, between 0 and 1.
        confidence: mean probability of what was said.
        mistakes: what was said instead, the most frequent first.
        shown: rows of the data set with a mistake, the most confident first.
    """

    by: Columns
    values: Columns
    accuracy: Proportion
    ece: float
    confidence: float
    mistakes: tuple[Mistake, ...]
    shown: tuple[int, ...]

    @property
    def name(self) -> str:
        """The values, e.g. "cube, blue sky"."""
        return ", ".join(self.values)

    @property
    def ranked(self) -> bool:
        """Whether it is large enough to be compared with others."""
        return self.accuracy.n >= SMALLEST
