"""A lesson to print: all steps, room to answer, and the answers at the end."""

from collections.abc import Mapping
from html import escape

from replearn.core.page_link import PageState, Value, read_link
from replearn.lessons.lesson import Lesson, Quiz, Step
from replearn.lessons.markup import blocks, document, inline

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINES = 3  # to write why on
LONGEST = 60  # characters of a value
STYLE = """
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 44rem; margin: 1.5rem auto;
  padding: 0 1rem; color: #000; background: #fff; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .3rem; }
p, ul, ol { margin: 0 0 .6rem; }
a { color: #0550ae; }
code { font-size: .92em; }
.soft, .page { color: #444; font-size: .9em; }
.asked { font-weight: 600; margin-bottom: .3rem; }
.choices { list-style: none; padding: 0; }
.choices li { padding-left: 3rem; text-indent: -3rem; margin: .15rem 0; }
.box { display: inline-block; width: .8rem; height: .8rem; border: 1px solid #000;
  margin: 0 .5rem -.1rem 0; text-indent: 0; }
.letter { display: inline-block; width: 1.5rem; text-indent: 0; }
.line { height: 1.7rem; border-bottom: 1px solid #888; }
section, .quiz { break-inside: avoid; }
.answers { margin-top: 2.5rem; border-top: 2px solid #000; }
@media print {
  body { margin: 0; padding: 0; max-width: none; }
  a { color: #000; }
  .answers { break-before: page; border: 0; margin: 0; }
  h2 { break-after: avoid; }
}
@page { margin: 2cm; }
"""


def printed_page(lesson: Lesson, address: str, titles: Mapping[str, str]) -> str:
    """Return the lesson as an HTML page that asks for nothing else.

    Args:
        lesson: which.
        address: the app's, which the links to states begin with.
        titles: what the page calls its tabs, panels, buttons and controls, by their names.
    """
    states = _States(address, titles)
    minutes = f"{lesson.minutes} minutes. " if lesson.minutes else ""
    body = f"<h1>{escape(lesson.title)}</h1>"
    body += f'<p class="soft">{minutes}replearn, {escape(address)}</p>'
    if lesson.outcomes:
        body += f"<p>After it you can</p><ul>{blocks('li', lesson.outcomes)}</ul>"
    steps = list(enumerate(lesson.steps, 1))
    body += "".join(_step(number, step, states) for number, step in steps)
    answers = [_answer(number, step.quiz, states) for number, step in steps if step.quiz]
    if answers:
        body += f'<div class="answers"><h2>Answers</h2>{"".join(answers)}</div>'
    return document(lesson.title, STYLE, body)


class _States:
    """Links to states of the page, with words for those who set them by hand."""

    def __init__(self, address: str, titles: Mapping[str, str]) -> None:
        self._address, self._titles = address.rstrip("/"), titles

    def link(self, query: str) -> str:
        if not query:
            return ""
        href = escape(f"{self._address}/?{query}")
        return (
            f'<p class="page">On the page: <a href="{href}">{self._said(read_link(query))}</a></p>'
        )

    def _said(self, state: PageState) -> str:
        parts = [f"{name} {_value(value)}" for name, value in (state.subject or {}).items()]
        parts += [f"{self._title(name)} {_value(value)}" for name, value in state.inputs.items()]
        parts += [f"open “{self._title(name)}”" for name in state.unfolded]
        parts += [f"press “{self._title(state.pressed)}”"] if state.pressed else []
        said = ", ".join(self._title(part) for part in state.tab.split("."))
        return escape(f"{said} ({'; '.join(parts)})" if parts else said)

    def _title(self, name: str) -> str:
        return self._titles.get(name, name)


def _value(value: Value) -> str:
    lines = value if isinstance(value, list) else str(value).removeprefix("example:").splitlines()
    said = ", ".join(str(line) for line in lines)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _step(number: int, step: Step, states: _States) -> str:
    quiz = _question(step.quiz) if step.quiz else ""
    return (
        f"<section><h2>{number}. {escape(step.title)}</h2>{blocks('p', step.text)}"
        f"{states.link(step.page)}</section>{quiz}"
    )


def _question(quiz: Quiz) -> str:
    choices = "".join(
        f'<li><span class="box"></span><span class="letter">{letter}</span>'
        f"{inline(choice.text)}</li>"
        for letter, choice in zip(LETTERS, quiz.choices, strict=False)
    )
    room = '<div class="line"></div>' * LINES
    return (
        f'<div class="quiz"><p class="asked">{inline(quiz.text)}</p>'
        f'<ul class="choices">{choices}</ul><p class="soft">Why?</p>{room}</div>'
    )


def _answer(number: int, quiz: Quiz, states: _States) -> str:
    letter, right = next(
        (letter, choice)
        for letter, choice in zip(LETTERS, quiz.choices, strict=False)
        if choice.right
    )
    return (
        f"<section><p><strong>{number}. {letter}</strong> {inline(right.text)}</p>"
        f"{blocks('p', quiz.why)}{states.link(quiz.page)}</section>"
    )
