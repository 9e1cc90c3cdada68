"""What a class answered: counts, each learner once, nobody's name; and the teacher's page."""

from pathlib import Path

import pytest

from replearn.core.errors import InputError
from replearn.lessons.class_page import class_page
from replearn.lessons.lesson import Lesson
from replearn.lessons.reading import read_lesson
from replearn.lessons.tally import MOST_LEARNERS, Tally

TEXT = """# Mine <b>own</b>

## First

Nothing is asked.

## Second

### What & why <i>?</i>

- one <script>
- two (right)

Because.
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    (tmp_path / "mine.md").write_text(TEXT, encoding="utf-8")
    return read_lesson(tmp_path / "mine.md")


def test_the_first_answer_of_each_learner_counts_once(lesson: Lesson) -> None:
    tally = Tally()
    for learner, choice in (("a", 0), ("b", 1), ("a", 1), ("c", 1), ("b", 1)):
        tally.count(lesson, 1, choice, learner)
    assert tally.counts(lesson, 1) == (1, 2)
    assert tally.counts(lesson, 0) == ()


@pytest.mark.parametrize(("step", "choice"), [(0, 0), (2, 0), (-1, 0), (1, 2), (1, -1)])
def test_what_was_never_asked_isnt_counted(lesson: Lesson, step: int, choice: int) -> None:
    tally = Tally()
    with pytest.raises(InputError, match="no such question"):
        tally.count(lesson, step, choice, "a")
    assert tally.counts(lesson, 1) == (0, 0)


def test_what_is_kept_stays_small(lesson: Lesson) -> None:
    tally = Tally()
    for number in range(MOST_LEARNERS + 5):
        tally.count(lesson, 1, 0, str(number))
    assert tally.counts(lesson, 1) == (MOST_LEARNERS, 0)


def test_the_teachers_page_shows_counts_and_text_as_text(lesson: Lesson) -> None:
    tally = Tally()
    assert "Nobody has answered in: Mine &lt;b&gt;own&lt;/b&gt;" in class_page([lesson], tally)
    for learner in "abc":
        tally.count(lesson, 1, 1, f"learner-{learner}")
    page = class_page([lesson], tally)
    assert "What &amp; why &lt;i&gt;?&lt;/i&gt; <span" in page
    assert "n = 3" in page
    assert '✓ two</th><td>3</td><td class="bar"><meter min="0" max="3" value="3">' in page
    assert "one &lt;script&gt;</th><td>0</td>" in page
    assert "learner-" not in page
    assert "<script" not in page
