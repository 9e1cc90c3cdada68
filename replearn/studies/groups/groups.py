"""For whom does it work? Accuracy by group and by pair of groups."""

from collections.abc import Sequence
from itertools import combinations

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question, as_question
from replearn.core.statistics import proportion
from replearn.data.base import Dataset
from replearn.results.groups import Group, GroupGap, GroupReport, GroupTest
from replearn.studies.groups.answers import Answers, answers_of
from replearn.studies.groups.columns import BINS, Grouping, crossed, grouping, usable
from replearn.studies.groups.odds import odds_of
from replearn.studies.groups.tallies import gap_of, groups_of, smallest_note, tests_of

MOST_COLUMNS = 6  # asked for together; of more, pairs are many


def groups(
    dataset: str | Dataset,
    model: str = "photo-clip",
    by: Sequence[str] | str | None = None,
    labels: Sequence[str] | Question | None = None,
    *,
    positive: str = "",
    bins: int = BINS,
    largest: int = 0,
    progress: Progress = silent,
) -> GroupReport:
    """Tell a model's accuracy by group: by each column, and by each pair of them.

    Intervals of shares are Wilson's, those of differences a bootstrap's, of pairs where two groups
    show the same things. Every group of at least 20 pictures is tested against the rest (Fisher),
    corrected for the number of groups (Holm). Pictures are asked one after another and let go; of
    each some 30 bytes are kept.

    Args:
        dataset: with labels and further columns: `shapes`, `emoji-people`, `folder:PATH`, ...
        model: that reads text, or whose head knows the data set's classes.
        by: columns; None takes every column that can be read as groups, without pairs.
        labels: what to choose from, or a whole question; None takes the data set's classes.
        positive: a class, for equal opportunity and equalised odds.
        bins: into how many groups numbers are cut.
        largest: keeps so many of the groups of a column with many values; 0 refuses such a column.
        progress: told as pictures are asked about; may raise `StoppedError`.

    Raises:
        InputError: no labels, no such column or class, or a column with one value or too many.
        CapabilityError: the model can't choose.

    Example:
        >>> found = groups("shapes", "shapes-supervised", ["backdrop"])
        >>> print(found.worst(("backdrop",)).accuracy, found.gap(("backdrop",)).gap)
    """
    answers = answers_of(dataset, model, as_question(labels), progress)
    return report(answers, by, positive, bins, largest)


def report(
    answers: Answers,
    by: Sequence[str] | str | None = None,
    positive: str = "",
    bins: int = BINS,
    largest: int = 0,
) -> GroupReport:
    """Return the report of answers that are known; takes what `groups` does."""
    asked = asked_groupings(answers, by, bins, largest)
    rows: list[Group] = []
    gaps: list[GroupGap] = []
    tests: list[GroupTest] = []
    notes = list(answers.notes)
    for one in asked:
        found = groups_of(answers, one)
        rows += found
        tests += tests_of(found)
        if gap := gap_of(answers, one, found):
            gaps.append(gap)
        notes += [*one.notes, *smallest_note(found)]
    right = answers.right
    return GroupReport(
        by=tuple(one.by for one in asked),
        rows=tuple(rows),
        gaps=tuple(gaps),
        tests=tuple(tests),
        overall=proportion(int(right.sum()), len(right)),
        notes=tuple(notes),
        stamp=answers.stamp,
        odds=tuple(odds_of(answers, one, positive) for one in asked) if positive.strip() else (),
        columns=tuple(answers.columns),
    )


def asked_groupings(
    answers: Answers, by: Sequence[str] | str | None, bins: int = BINS, largest: int = 0
) -> list[Grouping]:
    """Return the groups of each column, and of each pair of columns.

    Raises:
        InputError: a column can't be read as groups, or too many are asked for.
    """
    if by is None:
        found = list(usable(answers, bins))
        if not found:
            raise InputError(
                f"{answers.data} has no column that divides its pictures into groups; add a "
                "labels.csv with further columns."
            )
        return found
    names = list(dict.fromkeys([by] if isinstance(by, str) else by))
    if not 1 <= len(names) <= MOST_COLUMNS:
        raise InputError(f"Name 1 to {MOST_COLUMNS} columns, not {len(names)}.")
    alone = [grouping(answers, name, bins, largest) for name in names]
    return [*alone, *(crossed(first, second) for first, second in combinations(alone, 2))]
