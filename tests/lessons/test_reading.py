"""Lessons from Markdown: what is read, what is refused, and which lessons there are."""

from pathlib import Path

import pytest

from replearn.core.errors import InputError
from replearn.core.page_link import read_link
from replearn.lessons.lesson import Lesson
from replearn.lessons.reading import read_lesson
from replearn.lessons.shelf import lesson_named, lessons

GOOD = """# A lesson

minutes: 12

- explain **this**
- say when `that` holds

## First

One paragraph
on two lines, [a paper](https://arxiv.org/abs/2103.00020).

Another, with [0.97](measure:probe/shapes-supcon/solid).

page: zero-shot picture=example:chelsea labels="cat\\ndog" null-on=false open=senses,more

### Which one?

- this one (right)
- that one

Because.

page: training press=reveal temperature=0.1 several='["a", "b"]'

## Second

Nothing to see.
"""


def _read(folder: Path, text: str) -> Lesson:
    path = folder / "01-lesson.md"
    path.write_text(text, encoding="utf-8")
    return read_lesson(path)


def test_stars_around_words_stress_them_and_others_stay(tmp_path: Path) -> None:
    said = "Press *how little is enough?*, **then** 2 * 3 * 4, a*b*c."
    lesson = _read(tmp_path, GOOD.replace("Nothing to see.", said))
    assert lesson.steps[1].text[-1] == (
        ("text", "Press "),
        ("em", "how little is enough?"),
        ("text", ", "),
        ("strong", "then"),
        ("text", " 2 * 3 * 4, a*b*c."),
    )


def test_a_lesson_is_read_whole(tmp_path: Path) -> None:
    lesson = _read(tmp_path, GOOD)
    assert (lesson.name, lesson.title, lesson.minutes) == ("01-lesson", "A lesson", 12)
    assert lesson.outcomes == (
        (("text", "explain "), ("strong", "this")),
        (("text", "say when "), ("code", "that"), ("text", " holds")),
    )
    first, second = lesson.steps
    assert [len(first.text), len(second.text)] == [2, 1]
    assert first.text[0] == (
        ("text", "One paragraph on two lines, "),
        ("link", "a paper", "https://arxiv.org/abs/2103.00020"),
        ("text", "."),
    )
    assert lesson.claims() == [("0.97", "probe/shapes-supcon/solid")]
    assert first.quiz is not None
    assert second.quiz is None
    assert [choice.right for choice in first.quiz.choices] == [True, False]
    assert first.quiz.why == ((("text", "Because."),),)
    assert lesson.pages() == [first.page, first.quiz.page]
    assert lesson.to_dict()["steps"][0]["quiz"]["choices"][0]["right"]


def test_a_page_is_a_state_that_a_link_carries(tmp_path: Path) -> None:
    shown, revealed = map(read_link, _read(tmp_path, GOOD).pages())
    assert shown.tab == "zero-shot"
    assert shown.subject == {"picture": "example:chelsea"}
    assert shown.unfolded == ("senses", "more")
    assert shown.inputs == {"labels": "cat\ndog", "null-on": False}
    assert revealed.pressed == "reveal"
    assert revealed.inputs == {"temperature": 0.1, "several": ["a", "b"]}


def test_html_stays_text(tmp_path: Path) -> None:
    lesson = _read(tmp_path, "# A\n\n## B\n\n<script>alert(1)</script> & <b>\n")
    assert lesson.steps[0].text == ((("text", "<script>alert(1)</script> & <b>"),),)


STEP = "# A\n\n## B\n\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: a lesson begins with #"),
        ("# A\n", "line 1: a lesson begins with #"),
        ("# A\n\nminutes: ten\n\n## B\n", "line 3: minutes:"),
        ("# A\n\nText before any step.\n", "line 3: text stands in a step"),
        (STEP + "- an entry\n", "line 5: a list is what a question"),
        (STEP + "### One?\n\n### Two?\n", "line 7: a step has one question"),
        (STEP + "page: zero-shot chelsea\n", "line 5: page: 'chelsea' isn't NAME=VALUE"),
        (STEP + 'page: zero-shot labels="cat\n', "line 5: page: No closing quotation"),
        (STEP + "[here](http://example.com)\n", "line 5: a link begins with https://"),
        (STEP + "[here](javascript:alert)\n", "line 5: a link begins with https://"),
        (STEP + "### One?\n\n- a (right)\n", "step “B”: a question wants two choices"),
        (STEP + "### One?\n\n- a\n- b\n", "step “B”: a question wants two choices"),
        (STEP + "### One?\n\n- a (right)\n- b (right)\n", "step “B”: a question wants"),
    ],
)
def test_a_fault_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as found:
        _read(tmp_path, text)
    assert "01-lesson.md" in str(found.value)
    assert said in str(found.value)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.md can't be read"):
        read_lesson(tmp_path / "gone.md")
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"bytes\.md can't be read"):
        read_lesson(tmp_path / "bytes.md")
    (tmp_path / "long.md").write_text("x" * 200_001, encoding="utf-8")
    with pytest.raises(InputError, match="longer than"):
        read_lesson(tmp_path / "long.md")


def test_a_folder_adds_and_replaces_lessons(tmp_path: Path) -> None:
    shipped = lessons()
    (tmp_path / f"{shipped[0].name}.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "00-mine.md").write_text(GOOD, encoding="utf-8")
    found = lessons(tmp_path)
    assert [one.name for one in found] == ["00-mine", *(one.name for one in shipped)]
    assert found[1].title == "A lesson"
    assert found[2:] == shipped[1:]
    assert lesson_named("00-mine", tmp_path).title == "A lesson"
    with pytest.raises(InputError, match="no lesson '00-mine'"):
        lesson_named("00-mine")
    with pytest.raises(InputError, match="no folder"):
        lessons(tmp_path / "gone")
