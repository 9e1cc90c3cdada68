"""Columns as groups: texts as they are, numbers in bins, missing values left out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.core.statistics import two_figures
from replearn.results.rows import Words
from replearn.studies.groups.answers import Answers

BINS = 4
FEW_NUMBERS = 10  # different numbers that are groups by themselves
MOST_GROUPS = 50
LARGEST = 20  # groups that are offered to be kept where there are more
_MISSING = frozenset({"", "nan", "null", "n/a"})
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Grouping:
    """Pictures in groups.

    Attributes:
        by: the columns.
        codes: (n,), each picture's group; -1 where it is in none.
        values: of each group, a text for each column.
        notes: sentences on how the columns were read.
    """

    by: tuple[str, ...]
    codes: Codes
    values: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def counts(self) -> npt.NDArray[np.int64]:
        """Return how many pictures each group has."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))


def grouping(answers: Answers, name: str, bins: int = BINS, largest: int = 0) -> Grouping:
    """Return the groups of one column.

    Args:
        answers: what is known of the pictures.
        name: of the column.
        bins: into how many groups of about the same size numbers are cut.
        largest: of text with many values, how many groups are kept; 0 keeps up to 50 and refuses
            more.

    Raises:
        InputError: there is no such column, it has one value or too many, or nothing stands in it.
    """
    if name not in answers.columns:
        raise InputError(_no_column(answers, name))
    column = answers.columns[name]
    known = np.array([word.casefold() not in _MISSING for word in column.words])
    there = known[column.codes]
    data = answers.data
    if not there.any():
        raise InputError(f"No picture of {data} has a value in the column {name}; choose another.")
    used = np.unique(column.codes[there])
    if len(used) == 1:
        raise InputError(
            f"All pictures of {data} have the same value in the column {name} "
            f"({_cut(column.words[used[0]])}); a comparison wants two groups."
        )
    notes = []
    if missing := int((~there).sum()):
        notes.append(f"{name}: {missing:,} of {len(there):,} pictures have no value.")
    numbers = _numbers(column, used)
    if numbers is not None and len(used) > max(FEW_NUMBERS, bins):
        return _binned(name, column.codes, numbers, there, max(2, bins), notes)
    if numbers is not None:
        used = used[np.argsort(numbers[used], kind="stable")]
    if len(used) > (largest or MOST_GROUPS):
        if not largest:
            raise InputError(
                f"The column {name} has {len(used):,} different values, too many for groups; keep "
                f"the {LARGEST} largest (largest={LARGEST}), or choose a column of numbers, which "
                "are binned."
            )
        counts = np.bincount(column.codes[there], minlength=len(column.words))
        total, used = len(used), np.sort(used[np.argsort(-counts[used], kind="stable")][:largest])
        notes.append(f"{name}: the {largest} largest of {total:,} groups.")
    places = np.full(len(column.words), -1, np.int32)
    places[used] = np.arange(len(used))
    codes = np.where(there, places[column.codes], -1).astype(np.int32)
    return Grouping((name,), codes, tuple((column.words[i],) for i in used), tuple(notes))


def crossed(first: Grouping, second: Grouping) -> Grouping:
    """Return the groups of two columns together; what is in none of one is in none of both."""
    width = len(second.values)
    both = (first.codes >= 0) & (second.codes >= 0)
    cells = np.where(both, first.codes * width + second.codes, -1)
    used = np.unique(cells[cells >= 0])
    places = np.full(len(first.values) * width, -1, np.int32)
    places[used] = np.arange(len(used))
    codes = np.where(both, places[cells], -1).astype(np.int32)
    values = tuple((*first.values[i // width], *second.values[i % width]) for i in used)
    return Grouping((*first.by, *second.by), codes, values)


def usable(answers: Answers, bins: int = BINS) -> tuple[Grouping, ...]:
    """Return every column that can be read as groups; what a column says twice is left out."""
    found: list[Grouping] = []
    for name in answers.columns:
        try:
            one = grouping(answers, name, bins)
        except InputError:
            continue
        if not any(np.array_equal(one.codes, other.codes) for other in found):
            found.append(one)
    return tuple(found)


def _numbers(column: Words, used: npt.NDArray[np.integer]) -> npt.NDArray[np.float64] | None:
    """Return the number of each word, nan of those that aren't used; None where one is none."""
    found = np.full(len(column.words), np.nan)
    for i in used:
        try:
            found[i] = float(column.words[i].replace(",", "."))
        except ValueError:
            return None
        if not math.isfinite(found[i]):
            return None
    return found


def _binned(
    name: str,
    codes: Codes,
    numbers: npt.NDArray[np.float64],
    there: npt.NDArray[np.bool_],
    bins: int,
    notes: Sequence[str],
) -> Grouping:
    values = numbers[codes]
    edges = np.unique(np.quantile(values[there], np.linspace(0, 1, bins + 1)))
    inner = edges[1:-1]
    place = np.searchsorted(inner, np.where(there, values, edges[0]), side="left")
    told = [two_figures(edge) for edge in edges]
    if len(set(told)) < len(told):
        told = [f"{edge:g}" for edge in edges]
    # a value on an edge lies in the lower bin
    names = tuple(
        (f"{low} to {high}" if i == 0 else f"above {low} to {high}",)
        for i, (low, high) in enumerate(pairwise(told))
    )
    said = f"{name}: numbers, in {len(names)} bins of about the same size."
    found = np.where(there, place, -1).astype(np.int32)
    return Grouping((name,), found, names, (*notes, said))


def _no_column(answers: Answers, name: str) -> str:
    data, there = answers.data, ", ".join(answers.columns)
    if not answers.columns:
        return (
            f"{data} tells nothing of its pictures but their labels; add a labels.csv with further "
            "columns."
        )
    return f"{data} has no column {name!r}; choose one of {there}.{nearest(name, answers.columns)}"


def _cut(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
