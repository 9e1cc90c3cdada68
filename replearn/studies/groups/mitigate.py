"""Does it help the worst group, and at whose cost? Before and after, on the same pictures."""

from collections.abc import Callable, Sequence
from typing import cast

from replearn.core.progress import Progress, silent
from replearn.core.question import Question, as_question
from replearn.core.registry import resolve
from replearn.data.base import Dataset
from replearn.results.groups.comparison import GroupComparison
from replearn.studies.groups.answers import Answers, answers_of
from replearn.studies.groups.groups import asked_groupings
from replearn.studies.groups.helps.base import Case

# a further help is one line: its name, and the function from a `Case` to a comparison
HELPS = {
    "prompts": "replearn.studies.groups.helps.prompts:reworded",
    "balanced-probe": "replearn.studies.groups.helps.balanced_probe:balanced_probe",
    "thresholds": "replearn.studies.groups.helps.thresholds:group_thresholds",
    "heads": "replearn.studies.groups.helps.heads:without_heads",
}


def mitigate(
    dataset: str | Dataset,
    model: str,
    by: Sequence[str] | str,
    how: str = "balanced-probe",
    labels: Sequence[str] | Question | None = None,
    *,
    positive: str = "",
    templates: Sequence[str] = (),
    progress: Progress = silent,
) -> GroupComparison:
    """Try a help for the worst group, and compare before and after by group.

    Args:
        dataset: with labels and further columns.
        model: whose answers are to become fairer.
        by: a column, or two, whose groups together count.
        how: an entry of `HELPS`: "prompts" (reworded), "balanced-probe", "thresholds" (of one
            class, by group) or "heads" (taken away).
        labels: what to choose from, or a whole question; None takes the data set's classes.
        positive: the class, for "thresholds".
        templates: texts with one `{}` each, for "prompts"; () takes seven of CLIP's.
        progress: told as pictures are encoded; may raise `StoppedError`.

    Raises:
        InputError: there is no such help or column, or too few pictures.
        CapabilityError: the model has no prompts, or no heads that can be taken apart.

    Example:
        >>> mitigate("shapes-tied:0.5", "shapes-background-tied", ["solid", "backdrop"]).closed
    """
    resolve("help", how, HELPS)  # before the pictures are asked about
    answers = answers_of(dataset, model, as_question(labels), progress)
    return helped(answers, by, how, positive=positive, templates=templates, progress=progress)


def helped(
    answers: Answers,
    by: Sequence[str] | str,
    how: str,
    *,
    positive: str = "",
    templates: Sequence[str] = (),
    largest: int = 0,
    progress: Progress = silent,
) -> GroupComparison:
    """Try a help on answers that are known; takes what `mitigate` does."""
    helps = cast(Callable[[Case], GroupComparison], resolve("help", how, HELPS))
    grouping = asked_groupings(answers, by, largest=largest)[-1]
    return helps(Case(answers, grouping, positive, tuple(templates), progress))
