"""What a picture is asked: the labels, how they are put into words, and how sharply it answers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One question, the same wherever a picture is asked about.

    Attributes:
        labels: what to choose from; None takes a data set's own class names, or the model's head.
        templates: texts with one `{}` each; None takes the default ones.
        null_prompt: a text that stands for "none of these", which may then win; None leaves it out.
        temperature: what cosines are divided by; None takes the model's own.
    """

    labels: tuple[str, ...] | None = None
    templates: tuple[str, ...] | None = None
    null_prompt: str | None = None
    temperature: float | None = None


def as_question(labels: Sequence[str] | Question | None) -> Question:
    """Return a question about labels alone, or the question that is one already."""
    if isinstance(labels, Question):
        return labels
    return Question(None if labels is None else tuple(labels))
