"""A page for each lesson: its steps, the states they lead to, questions with folded answers."""

import functools
import string

from replearn.lessons.lesson import Lesson, Paragraph, Quiz, Step
from replearn.lessons.shelf import lessons
from replearn.ui.frame.components import inert

PAGE = "http://127.0.0.1:7860/"


@functools.cache
def pages() -> dict[str, str]:
    """Return the text of each lesson's page by its path."""
    return {_path(lesson): _page(lesson) for lesson in lessons()}


def listed() -> str:
    """Return all lessons in a table."""
    rows = [
        f"| {number} | [{inert(lesson.title)}]({lesson.name}.md) | {lesson.minutes} |"
        for number, lesson in enumerate(lessons(), 1)
    ]
    return "\n".join(["| | lesson | minutes |", "| --- | --- | --- |", *rows])


def _path(lesson: Lesson) -> str:
    return f"lessons/{lesson.name}.md"


def _page(lesson: Lesson) -> str:
    outcomes = [f"- {_written(one)}" for one in lesson.outcomes]
    parts = [
        f"# {inert(lesson.title)}",
        f"{lesson.minutes} minutes. Afterwards you can",
        "\n".join(outcomes),
        *(part for step in lesson.steps for part in _step(step)),
    ]
    return "\n\n".join(parts) + "\n"


def _step(step: Step) -> list[str]:
    parts = [f"## {inert(step.title)}", *(_written(one) for one in step.text)]
    if step.page:
        parts.append(_state(step.page, "Bring the page into this state"))
    return parts + (_quiz(step.quiz) if step.quiz else [])


def _quiz(quiz: Quiz) -> list[str]:
    letters = string.ascii_uppercase
    choices = [
        f"- **{letter}** {_written(one.text)}"
        for letter, one in zip(letters, quiz.choices, strict=False)
    ]
    right = next(at for at, one in enumerate(quiz.choices) if one.right)
    answer = [f"**{letters[right]}** {_written(quiz.choices[right].text)}"]
    answer += [_written(one) for one in quiz.why]
    if quiz.page:
        answer.append(_state(quiz.page, "See it on the page"))
    return [
        f"**Question.** {_written(quiz.text)}",
        "\n".join(choices),
        '<details markdown="1"><summary>Answer</summary>',
        *answer,
        "</details>",
    ]


def _state(query: str, said: str) -> str:
    return f"[{said}]({PAGE}?{query}){{ .state }}"


def _written(paragraph: Paragraph) -> str:
    """Return a paragraph as Markdown, its figures with the measure behind each."""
    parts = []
    for kind, text, *more in paragraph:
        if kind == "strong":
            parts.append(f"**{inert(text)}**")
        elif kind == "em":
            parts.append(f"*{inert(text)}*")
        elif kind == "code":
            parts.append(f"`{text}`")
        elif kind == "link":
            parts.append(f"[{inert(text)}]({more[0]})")
        elif kind == "claim":
            parts.append(f'<span class="measured" title="{more[0]}">{text}</span>')
        else:
            parts.append(inert(text))
    return "".join(parts)
