"""The teacher's page: each question with how many chose what."""

from collections.abc import Sequence
from html import escape

from replearn.lessons.lesson import Lesson, Quiz
from replearn.lessons.markup import document, inline
from replearn.lessons.tally import Tally

EVERY = 5  # seconds until the browser asks again
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 1.5rem auto; padding: 0 1rem;
  color: #1f2328; background: #fff; }
h2 { font-size: 1.15rem; margin: 2rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.2rem; }
caption { text-align: left; font-weight: 600; padding: .6rem 0 .2rem; }
th { text-align: left; font-weight: 400; }
th, td { padding: 3px 8px 3px 0; border-top: 1px solid #d0d7de; vertical-align: top; }
td { width: 3rem; text-align: right; font-variant-numeric: tabular-nums; }
td.bar { width: 40%; padding-top: 9px; }
meter { width: 100%; }
.right { font-weight: 600; }
.soft { color: #59636e; }
"""


def class_page(lessons: Sequence[Lesson], tally: Tally) -> str:
    """Return the page as HTML."""
    answered = [one for one in lessons if any(_asked(one, tally))]
    silent = [one.title for one in lessons if one not in answered]
    body = "<h1>What the class answered</h1>"
    body += (
        '<p class="soft">First answers, one a browser; counted since the page was started, and '
        "never kept. ✓ is the right one.</p>"
    )
    body += "".join(_lesson(one, tally) for one in answered)
    if silent:
        body += f'<p class="soft">Nobody has answered in: {escape("; ".join(silent))}.</p>'
    again = f'<meta http-equiv="refresh" content="{EVERY}">'
    return document("What the class answered", STYLE, body, again)


def _asked(lesson: Lesson, tally: Tally) -> list[int]:
    """Return how many answers each step's question has."""
    return [sum(tally.counts(lesson, step)) for step in range(len(lesson.steps))]


def _lesson(lesson: Lesson, tally: Tally) -> str:
    tables = [
        _question(step.quiz, tally.counts(lesson, number))
        for number, step in enumerate(lesson.steps)
        if step.quiz
    ]
    return f"<h2>{escape(lesson.title)}</h2>{''.join(tables)}"


def _question(quiz: Quiz, counts: Sequence[int]) -> str:
    n = sum(counts)
    rows = "".join(
        f'<tr><th scope="row"{" class=right" if choice.right else ""}>'
        f"{'✓ ' if choice.right else ''}{inline(choice.text)}</th><td>{count}</td>"
        f'<td class="bar"><meter min="0" max="{max(n, 1)}" value="{count}"></meter></td></tr>'
        for choice, count in zip(quiz.choices, counts, strict=True)
    )
    said = f'<span class="soft">n = {n}</span>'
    return f"<table><caption>{inline(quiz.text)} {said}</caption>{rows}</table>"
