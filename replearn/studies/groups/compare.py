"""Two models, or two sets of prompts, on the same groups: paired, picture by picture."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question, as_question
from replearn.core.seeds import generator
from replearn.core.share_tests import DRAWS, holm, mcnemar, paired_difference
from replearn.core.statistics import Estimate, proportion
from replearn.data.base import Dataset
from replearn.results.groups import SMALLEST
from replearn.results.groups.comparison import GroupChange, GroupComparison
from replearn.results.stamp import Stamp
from replearn.studies.groups.answers import Answers, answers_of
from replearn.studies.groups.columns import BINS, Grouping
from replearn.studies.groups.groups import asked_groupings

Right = npt.NDArray[np.bool_]
SEED = 0


def compare_groups(
    dataset: str | Dataset,
    models: Sequence[str],
    by: Sequence[str] | str,
    questions: Sequence[Sequence[str] | Question | None] = (None, None),
    *,
    bins: int = BINS,
    largest: int = 0,
    progress: Progress = silent,
) -> GroupComparison:
    """Ask two models, or one model in two ways, about the same pictures.

    Args:
        dataset: with labels and further columns.
        models: two names; the same twice compares two questions.
        by: a column, or two, whose groups together are compared.
        questions: what each is asked: labels, or labels with templates.
        bins: into how many groups numbers are cut.
        largest: as in `groups`.
        progress: told as pictures are asked about; may raise `StoppedError`.

    Raises:
        InputError: not two models, or a column that can't be read as groups.
        CapabilityError: a model can't choose.

    Example:
        >>> models = ["shapes-background-tied", "shapes-supervised"]
        >>> compare_groups("shapes", models, ["solid"]).closed
    """
    if len(models) != 2 or len(questions) != 2:
        raise InputError("Compare two models, or one named twice with two questions.")
    first, second = (
        answers_of(dataset, model, as_question(question), progress)
        for model, question in zip(models, questions, strict=True)
    )
    return both_compared(first, second, by, bins, largest)


def both_compared(
    first: Answers, second: Answers, by: Sequence[str] | str, bins: int = BINS, largest: int = 0
) -> GroupComparison:
    """Compare two sets of answers that are known; takes what `compare_groups` does."""
    if not np.array_equal(first.rows, second.rows):
        raise InputError("The two models could not open the same pictures; check the folder.")
    grouping = asked_groupings(first, by, bins, largest)[-1]
    models = (first.stamp.model, second.stamp.model)
    ways = models
    if models[0] == models[1]:
        ways = (f"{models[0]}, first prompts", f"{models[1]}, second prompts")
    stamp = replace(second.stamp, model=" and ".join(dict.fromkeys(models)), seed=SEED)
    return compared(grouping, first.right, second.right, ways, "The same pictures.", stamp)


def compared(
    grouping: Grouping, before: Right, after: Right, ways: tuple[str, str], note: str, stamp: Stamp
) -> GroupComparison:
    """Compare two answers to the same pictures, (n,) right or wrong, by group.

    Raises:
        InputError: fewer than two groups have 20 pictures.
    """
    rows, p = [], []
    for code, values in enumerate(grouping.values):
        inside = grouping.codes == code
        if inside.any():
            row, chance = _change(values, before[inside], after[inside])
            rows.append(row)
            p.append(chance if row.ranked else np.nan)
    rows = [replace(row, corrected=float(c)) for row, c in zip(rows, holm(p), strict=True)]
    rows.sort(key=lambda row: (not row.ranked, row.before.value))
    ranked = [row for row in rows if row.ranked]
    if len(ranked) < 2:
        raise InputError(
            f"Fewer than two groups have {SMALLEST} pictures; a gap wants two. Take coarser groups."
        )
    overall, chance = _change(("all",), before, after)
    return GroupComparison(
        grouping.by,
        ways,
        tuple(rows),
        _gap([row.before.value for row in ranked]),
        _gap([row.after.value for row in ranked]),
        _closed(grouping, before, after),
        replace(overall, corrected=chance),
        note,
        stamp,
    )


def _change(values: tuple[str, ...], before: Right, after: Right) -> tuple[GroupChange, float]:
    n = len(before)
    found = GroupChange(
        values,
        proportion(int(before.sum()), n),
        proportion(int(after.sum()), n),
        paired_difference(after, before),
        np.nan,
        n >= SMALLEST,
    )
    return found, mcnemar(int((before & ~after).sum()), int((after & ~before).sum()))


def _gap(shares: Sequence[float]) -> float:
    return max(shares) - min(shares)


def _closed(grouping: Grouping, before: Right, after: Right) -> Estimate:
    """Return how much the worst group gained on the best.

    Who is worst and best is read from one half of the pictures and measured on the other: on the
    same half the worst would seem to gain by chance alone.
    """
    random = generator(SEED, "closed")
    first = random.permutation(len(before)) % 2 == 0
    sizes = np.bincount(grouping.codes[grouping.codes >= 0], minlength=len(grouping.values))
    shares = {
        code: before[first & (grouping.codes == code)].mean()
        for code in np.flatnonzero(sizes >= SMALLEST)
        if (first & (grouping.codes == code)).any() and (~first & (grouping.codes == code)).any()
    }
    worst, best = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    value, drawn, n = 0.0, np.zeros(DRAWS), 0
    for code, sign in ((worst, 1), (best, -1)):
        inside = ~first & (grouping.codes == code)
        change = after[inside].astype(int) - before[inside].astype(int)
        kinds = np.array([(change == kind).mean() for kind in (-1, 0, 1)])
        value += sign * float(change.mean())
        drawn += sign * (random.multinomial(len(change), kinds, DRAWS) @ [-1, 0, 1]) / len(change)
        n += len(change)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Estimate(value, min(float(low), value), max(float(high), value), n)
