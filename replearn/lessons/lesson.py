"""A lesson: what stands in it, as plain data."""

from dataclasses import asdict, dataclass
from typing import Any

# ["text" | "strong" | "em" | "code", text], ["link", text, address] or ["claim", text, measure]
Span = tuple[str, ...]
Paragraph = tuple[Span, ...]


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from."""

    text: Paragraph
    right: bool


@dataclass(frozen=True)
class Quiz:
    """A question before its answer.

    Attributes:
        text: the question.
        choices: two at least, one of them right.
        why: what is revealed once one was chosen.
        page: the query of a state that shows it; "" where none does.
    """

    text: Paragraph
    choices: tuple[Choice, ...]
    why: tuple[Paragraph, ...]
    page: str = ""


@dataclass(frozen=True)
class Step:
    """A step.

    Attributes:
        title: its heading.
        text: paragraphs.
        page: the query of the state that the page is brought into; "" leaves it.
        quiz: a question, or None.
    """

    title: str
    text: tuple[Paragraph, ...]
    page: str = ""
    quiz: Quiz | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes:
        name: its file's name without the ending.
        title: its heading.
        minutes: how long it takes.
        outcomes: what one can do after it.
        steps: in order.
    """

    name: str
    title: str
    minutes: int
    outcomes: tuple[Paragraph, ...]
    steps: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, for the browser."""
        return asdict(self)

    def paragraphs(self) -> list[Paragraph]:
        """Return every paragraph, in order."""
        found = list(self.outcomes)
        for step in self.steps:
            found += step.text
            if step.quiz:
                found += [step.quiz.text, *(one.text for one in step.quiz.choices), *step.quiz.why]
        return found

    def claims(self) -> list[tuple[str, str]]:
        """Return every figure in the text with the measure that it claims to be."""
        return [
            (span[1], span[2])
            for paragraph in self.paragraphs()
            for span in paragraph
            if span[0] == "claim"
        ]

    def pages(self) -> list[str]:
        """Return the query of every state that it leads to."""
        quizzes = [step.quiz.page for step in self.steps if step.quiz]
        return [page for page in [*(step.page for step in self.steps), *quizzes] if page]
