"""A session as one page that needs nothing else: pictures, stamps, and a learner's answers."""

import base64
import datetime
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from replearn import __version__
from replearn.taking_home.asked import Cell, Table
from replearn.taking_home.lesson_answers import LessonAnswer
from replearn.taking_home.log import Entry
from replearn.taking_home.notebook import shown

STYLE = Path(__file__).parent / "report.css"
# the page asks for nothing and runs nothing, whatever somebody typed into a label
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def report(
    entries: Sequence[Entry],
    answers: Sequence[LessonAnswer] = (),
    page: str = "",
    left_out: int = 0,
) -> str:
    """Return an HTML page.

    Args:
        entries: in the order in which they were asked.
        answers: what the learner said in the lessons, in the lessons' order.
        page: the app's address, without a query; "" leaves links out.
        left_out: how many older entries aren't kept any more.
    """
    today = datetime.datetime.now(datetime.UTC).date()
    older = f"; {left_out} older ones weren't kept" if left_out else ""
    said = f"{_count(len(entries), 'answer')} in the order of the session{older}."
    body = [
        "<header><h1>What was asked</h1>",
        f'<p class="soft">{escape(said)} replearn {escape(__version__)}, {today:%d %B %Y}.</p>',
        "</header>",
        *(_section(number, one, page) for number, one in enumerate(entries, 1)),
    ]
    if answers:
        body.append(_lessons(answers))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>replearn: what was asked</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}"
        f"</style>\n</head>\n<body>\n{chr(10).join(body)}\n</body>\n</html>\n"
    )


def _section(number: int, one: Entry, page: str) -> str:
    parts = [
        f"<section>\n<h2><small>{number}. {escape(one.tab)}</small>{escape(one.question)}</h2>"
    ]
    if one.shots:
        parts.append(f'<div class="shots">{"".join(map(_figure, one.shots))}</div>')
    if one.table.rows:
        parts.append(_table(one.table))
    if one.note:
        parts.append(f"<p>{escape(one.note)}</p>")
    parts.append(f'<p class="stamp">{escape(one.stamp)}</p>')
    if page and one.link:
        address = escape(f"{page}?{one.link}")
        parts.append(f'<p class="soft"><a href="{address}">This state on the page</a></p>')
    parts.append(f"<details><summary>Python</summary><pre>{escape(one.code)}</pre></details>")
    return "\n".join([*parts, "</section>"])


def _figure(shot: tuple[bytes, str]) -> str:
    picture, caption = shot
    data = base64.b64encode(picture).decode()
    told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    about = escape(caption or "the picture that was asked about")
    return f'<figure><img src="data:image/png;base64,{data}" alt="{about}">{told}</figure>'


def _table(table: Table) -> str:
    numbers = [not isinstance(cell, str) for cell in table.rows[0]]
    head = _row("th", table.columns, numbers)
    rows = "".join(_row("td", row, numbers) for row in table.rows)
    return f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _row(kind: str, cells: Iterable[Cell], numbers: Sequence[bool]) -> str:
    made = [
        f'<{kind} class="number">{escape(shown(cell))}</{kind}>'
        if number
        else f"<{kind}>{escape(shown(cell))}</{kind}>"
        for cell, number in zip(cells, numbers, strict=True)
    ]
    return f"<tr>{''.join(made)}</tr>"


def _lessons(answers: Sequence[LessonAnswer]) -> str:
    right = f"{sum(one.is_right for one in answers)} of {_count(len(answers), 'question')}"
    parts = [
        "<section>\n<h2>Answers in the lessons</h2>",
        f'<p class="soft">{right} right at the first try.</p>',
    ]
    for title, some in groupby(answers, lambda one: one.lesson):
        rows = "".join(f"<li>{_said(one)}</li>" for one in some)
        parts.append(f"<h3>{escape(title)}</h3><ol>{rows}</ol>")
    return "\n".join([*parts, "</section>"])


def _said(one: LessonAnswer) -> str:
    said = f"{escape(one.question)}<br>"
    if one.is_right:
        return said + f'<span class="right">✓ {escape(one.chosen)}</span>'
    return said + (
        f'<span class="wrong">✗ {escape(one.chosen)}</span><br>Right: {escape(one.right)}'
    )


def _count(number: int, of: str) -> str:
    return f"{number} {of}" if number == 1 else f"{number} {of}s"
