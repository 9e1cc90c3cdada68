"""A lesson to print: everything that the panel has, answers at the end, and text as text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from replearn.core.page_link import read_link
from replearn.lessons.lesson import Lesson
from replearn.lessons.printed import printed_page
from replearn.lessons.reading import read_lesson
from replearn.lessons.shelf import lessons

TEXT = """# Mine <b>own</b>

minutes: 10

- say what `softmax` does

## A lion <script>alert(1)</script>

**Whose** [mane](https://example.org/a"b)? [0.97](measure:x) & more.

page: zero-shot picture=example:lion labels="lion\\n<i>cheetah"

### What is <i>it</i>?

- a cheetah
- a lion (right)

It has a <u>mane</u>.

page: matrix.shift open=drift-own press=drift-run
"""
TITLES = {"zero-shot": "Zero-shot", "matrix": "Generalisation", "shift": "Data & drift"}
TITLES |= {"labels": "Labels, one a line", "drift-run": "measure"}


class Read(HTMLParser):
    """What a browser makes of a page: its tags, its links, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [to for name, to in attrs if name in ("href", "src") and to]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    (tmp_path / "mine.md").write_text(TEXT, encoding="utf-8")
    return read_lesson(tmp_path / "mine.md")


def test_html_in_a_lesson_is_text_on_paper_too(lesson: Lesson) -> None:
    found = Read(printed_page(lesson, "http://10.0.0.7:7860/", TITLES))
    assert not {"script", "i", "u"} & set(found.tags)
    assert found.tags.count("b") == 1  # the measured figure
    for text in (
        "Mine <b>own</b>",
        "<script>alert(1)</script>",
        "What is <i>it</i>?",
        "<u>mane</u>",
    ):
        assert text in found.text


def test_states_are_links_and_words(lesson: Lesson) -> None:
    found = Read(printed_page(lesson, "http://10.0.0.7:7860/", TITLES))
    outside, shown, revealed = found.links
    assert outside == 'https://example.org/a"b'
    for link, query in zip((shown, revealed), lesson.pages(), strict=True):
        address, _, carried = link.partition("/?")
        assert address == "http://10.0.0.7:7860"
        assert read_link(carried) == read_link(query)
    assert "Zero-shot (picture lion; Labels, one a line lion, <i>cheetah)" in found.text
    assert "Generalisation, Data & drift (open “drift-own”; press “measure”)" in found.text


def test_the_answers_stand_at_the_end_and_nowhere_before(lesson: Lesson) -> None:
    page = printed_page(lesson, "http://10.0.0.7", TITLES)
    asked, _, answers = page.partition('<div class="answers">')
    assert "It has a" not in asked
    assert asked.count('class="box"') == 2
    assert asked.count('class="line"') == 3
    assert "<strong>1. B</strong> a lion" in answers
    assert "It has a" in answers
    assert "break-before: page" in asked  # of the style: a sheet of their own


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)
def test_every_shipped_lesson_is_whole_on_paper(lesson: Lesson) -> None:
    found = Read(printed_page(lesson, "http://127.0.0.1:7860", {}))
    said = re.sub(r"\s+", " ", found.text)
    for step in lesson.steps:
        assert step.title in said
    for paragraph in lesson.paragraphs():
        assert re.sub(r"\s+", " ", "".join(span[1] for span in paragraph)) in said
    states = [link for link in found.links if link.startswith("http://127.0.0.1:7860/?")]
    assert len(states) == len(lesson.pages())
