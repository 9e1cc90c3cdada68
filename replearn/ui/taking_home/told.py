"""What the browser tells when a session is taken home: its address, and answers in lessons."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from replearn.core.settings import from_environment
from replearn.lessons.lesson import Paragraph, Quiz
from replearn.lessons.shelf import lessons
from replearn.taking_home.lesson_answers import LessonAnswer

LONGEST_ADDRESS = 500
# address and answers, which lessons.js keeps in the browser
TELL = (
    "JSON.stringify({page: location.origin + location.pathname,"
    " lessons: localStorage.getItem('replearn-lessons')})"
)


@dataclass(frozen=True)
class Told:
    """What the browser told.

    Attributes:
        page: the page's address, without a query; "" where it isn't one.
        answers: to the lessons' questions, in the lessons' order.
    """

    page: str
    answers: tuple[LessonAnswer, ...]


def read_told(text: str | None) -> Told:
    """Read it; what isn't as the page writes it is left out."""
    told = _object(text)
    return Told(_address(told.get("page")), _answers(_object(told.get("lessons"))))


def _address(page: Any) -> str:
    if not isinstance(page, str) or len(page) > LONGEST_ADDRESS:
        return ""
    try:
        return page if urlsplit(page).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _answers(kept: dict[str, Any]) -> tuple[LessonAnswer, ...]:
    found = []
    for lesson in lessons(from_environment().lessons):
        place = kept.get(lesson.name)
        chosen = place.get("answers") if isinstance(place, dict) else None
        for number, step in enumerate(lesson.steps):
            which = chosen.get(str(number)) if isinstance(chosen, dict) else None
            if step.quiz and isinstance(which, int) and 0 <= which < len(step.quiz.choices):
                found.append(_answer(lesson.title, step.quiz, which))
    return tuple(found)


def _answer(lesson: str, quiz: Quiz, which: int) -> LessonAnswer:
    right = next(one for one in quiz.choices if one.right)
    chosen = quiz.choices[which]
    return LessonAnswer(lesson, _text(quiz.text), _text(chosen.text), _text(right.text))


def _text(paragraph: Paragraph) -> str:
    return "".join(span[1] for span in paragraph)


def _object(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
