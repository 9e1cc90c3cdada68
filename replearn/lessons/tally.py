"""How many of a class have answered what: counts, in memory, nobody's name."""

import threading
from collections import Counter

from replearn.core.errors import InputError
from replearn.lessons.lesson import Lesson, Quiz

MOST_LEARNERS = 2_000  # a question's; a class is smaller, and what is kept stays small


class Tally:
    """Counts the first answer of each learner to each question.

    Who gave which answer isn't kept: only that a browser has answered a question, by a number that
    it drew for itself.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, int, int]] = Counter()
        self._answered: dict[tuple[str, int], set[str]] = {}

    def count(self, lesson: Lesson, step: int, choice: int, learner: str) -> None:
        """Count an answer, once.

        Args:
            lesson: whose question it is.
            step: the question's, from 0.
            choice: from 0.
            learner: the number of a browser.

        Raises:
            InputError: there is no such question or choice.
        """
        quiz = _quiz(lesson, step)
        if quiz is None or not 0 <= choice < len(quiz.choices):
            raise InputError(f"The lesson {lesson.name} has no such question; load the page again.")
        with self._lock:
            answered = self._answered.setdefault((lesson.name, step), set())
            if learner in answered or len(answered) >= MOST_LEARNERS:
                return
            answered.add(learner)
            self._counts[lesson.name, step, choice] += 1

    def counts(self, lesson: Lesson, step: int) -> tuple[int, ...]:
        """Return how often each choice of a step's question was taken; empty without a question."""
        quiz = _quiz(lesson, step)
        choices = range(len(quiz.choices)) if quiz else ()
        with self._lock:
            return tuple(self._counts[lesson.name, step, choice] for choice in choices)


def _quiz(lesson: Lesson, step: int) -> Quiz | None:
    return lesson.steps[step].quiz if 0 <= step < len(lesson.steps) else None
