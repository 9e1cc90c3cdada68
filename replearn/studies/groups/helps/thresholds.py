"""A threshold for each group: one class is called as often when it is right (Hardt et al. 2016)."""

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.core.statistics import proportion
from replearn.results.groups.comparison import GroupComparison
from replearn.store.encoded import encode_stream
from replearn.studies.answering.answerer import answerer_for
from replearn.studies.groups.helps.base import Case, Mask
from replearn.studies.groups.odds import class_index

FEWEST = 10  # pictures of the class in a group, to set a threshold by
Scores = npt.NDArray[np.float64]


def group_thresholds(case: Case) -> GroupComparison:
    """Set thresholds on one half, so that all groups have one true positive rate; measure it.

    Paper: https://arxiv.org/abs/1610.02413. Rows are true positive rates of the class by group;
    the note says what it costs in false positives.

    Raises:
        InputError: no class is named, or a group has too few pictures of it.
    """
    answers = case.answers
    if not case.positive.strip():
        raise InputError(
            f"Name the class that is to be recognised alike in all groups, e.g. "
            f"{answers.classes[0]}."
        )
    asked = class_index(answers, case.positive)
    is_it = answers.truth == asked
    first, codes = case.fitted_on(), case.grouping.codes
    groups = range(len(case.grouping.values))
    few = [g for g in groups if int((is_it & first & (codes == g)).sum()) < FEWEST]
    if few:
        name = ", ".join(case.grouping.values[few[0]])
        raise InputError(
            f"{name} has fewer than {2 * FEWEST} pictures of {answers.classes[asked]}; take a "
            "column with larger groups."
        )
    scores = _scores(case, asked)
    wanted = float((answers.said == asked)[is_it & first].mean())
    common = threshold(scores[is_it & first], wanted)
    by_group = {g: threshold(scores[is_it & first & (codes == g)], wanted) for g in groups}
    own = np.array([by_group.get(int(code), common) for code in codes])
    before, after = scores >= common, scores >= own
    second = ~first
    false = [_false(called, ~is_it & second) for called in (before, after)]
    return case.told(
        before,
        after,
        ("one threshold", "one for each group"),
        f"True positive rates of {answers.classes[asked]}, set to {wanted:.2f} on one half and "
        f"measured on the other. False positives there: {false[0]} with one threshold, {false[1]} "
        "with one for each group. To use them one must know everybody's group.",
        is_it & second,
    )


def threshold(scores: Scores, rate: float) -> float:
    """Return the threshold that at least this share of scores reach."""
    return float(np.quantile(scores, 1 - rate, method="lower"))


def _scores(case: Case, asked: int) -> Scores:
    """Return the probability of a class for every picture, (n,)."""
    answers, encoder = case.answers, case.encoder
    data = answers.dataset()
    answerer = answerer_for(encoder, answers.classes, Question(), case.progress)
    place = answerer.classes.index(answers.classes[asked])
    openers = (lambda row=row: data[int(row)].image for row in answers.rows)
    found = np.empty(len(answers))
    stream = encode_stream(openers, answerer.preprocess, answerer.run)
    for i, shares in enumerate(stream):
        case.progress(i, len(answers), "pictures")
        if shares is None:
            raise InputError(f"Picture {answers.rows[i]} of {answers.data} can't be opened.")
        found[i] = shares[place]
    return found


def _false(called: Mask, others: Mask) -> str:
    return str(proportion(int((called & others).sum()), int(others.sum())))
