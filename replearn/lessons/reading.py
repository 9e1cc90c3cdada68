"""Lessons from Markdown: a heading, outcomes, and steps with text, a state, a question."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from replearn.core.errors import InputError
from replearn.core.page_link import PageState, Value, link_query, value_of
from replearn.lessons.lesson import Choice, Lesson, Paragraph, Quiz, Span, Step

RIGHT = "(right)"
MEASURE = "measure:"
SUBJECT = frozenset({"picture", "model", "compare", "dataset"})
LARGEST = 200_000  # characters of a file
_SPAN = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|(?<!\w)\*(?P<em>[^*\s]|[^*\s][^*]*[^*\s])\*(?!\w)"
    r"|`(?P<code>[^`]+)`|\[(?P<said>[^\]]+)\]\((?P<to>[^)\s]+)\)"
)


def state_query(text: str) -> str:
    """Return the query of a state that is written as in a lesson: TAB NAME=VALUE ...

    Raises:
        InputError: a quote isn't closed, or something isn't NAME=VALUE.
    """
    try:
        tab, *settings = shlex.split(text)
    except ValueError as error:
        raise InputError(str(error)) from error
    subject: dict[str, Value] = {}
    inputs: dict[str, Value] = {}
    where = {"open": "", "press": ""}
    for one in settings:
        name, equals, value = one.partition("=")
        if not equals:
            raise InputError(f"{one!r} isn't NAME=VALUE")
        if name in where:
            where[name] = value
        elif name in SUBJECT:
            subject[name] = value
        else:
            inputs[name] = value_of(value)
    unfolded = tuple(name for name in where["open"].split(",") if name)
    return link_query(PageState(tab, unfolded, where["press"], subject, inputs))


def read_lesson(path: Path) -> Lesson:
    """Read a lesson from a file.

    Raises:
        InputError: it can't be read, or a line isn't as a lesson has it; the sentence names it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The lesson {path.name} can't be read: {error}.") from error
    if len(text) > LARGEST:
        raise InputError(f"The lesson {path.name} is longer than {LARGEST:,} characters.")
    return _Reader(path.name, path.stem).lesson(text)


@dataclass
class _Draft:
    """A step while it is being read."""

    title: str
    text: list[Paragraph] = field(default_factory=list)
    page: str = ""
    question: Paragraph = ()
    choices: list[Choice] = field(default_factory=list)
    why: list[Paragraph] = field(default_factory=list)
    why_page: str = ""


@dataclass
class _Reader:
    file: str
    name: str
    title: str = ""
    minutes: int = 0
    line: int = 0
    outcomes: list[Paragraph] = field(default_factory=list)
    steps: list[_Draft] = field(default_factory=list)

    def lesson(self, text: str) -> Lesson:
        for number, block in _blocks(text):
            self.line = number
            self._take(block)
        if not self.title or not self.steps:
            self.line = 1
            raise self._error("a lesson begins with # and its title, and has steps, each with ##")
        steps = tuple(self._step(draft) for draft in self.steps)
        return Lesson(self.name, self.title, self.minutes, tuple(self.outcomes), steps)

    def _take(self, block: str) -> None:
        kinds = (
            ("# ", self._titled),
            ("minutes:", self._timed),
            ("## ", lambda text: self.steps.append(_Draft(text))),
            ("### ", self._asked),
            ("- ", self._listed),
            ("page:", self._led),
        )
        for mark, take in kinds:
            if block.startswith(mark):
                take(block.removeprefix(mark).strip())
                return
        step = self._current()
        (step.why if step.question else step.text).append(self._paragraph(block))

    def _titled(self, text: str) -> None:
        self.title = text

    def _timed(self, text: str) -> None:
        if not text.isdigit():
            raise self._error("minutes: wants a whole number")
        self.minutes = int(text)

    def _asked(self, text: str) -> None:
        if self._current().question:
            raise self._error("a step has one question")
        self._current().question = self._paragraph(text)

    def _listed(self, text: str) -> None:
        if not self.steps:
            self.outcomes.append(self._paragraph(text))
            return
        right = text.endswith(RIGHT)
        said = self._paragraph(text.removesuffix(RIGHT).strip())
        if not self._current().question:
            raise self._error("a list is what a question (###) offers, or the lesson's outcomes")
        self._current().choices.append(Choice(said, right))

    def _led(self, text: str) -> None:
        query = self._query(text)
        step = self._current()
        if step.question:
            step.why_page = query
        else:
            step.page = query

    def _current(self) -> _Draft:
        if not self.steps:
            raise self._error("text stands in a step, which begins with ##")
        return self.steps[-1]

    def _step(self, draft: _Draft) -> Step:
        quiz = None
        if draft.question:
            if len(draft.choices) < 2 or sum(one.right for one in draft.choices) != 1:
                raise InputError(
                    f"{self.file}, step “{draft.title}”: a question wants two choices at least, "
                    f"and one of them to end with {RIGHT}."
                )
            quiz = Quiz(draft.question, tuple(draft.choices), tuple(draft.why), draft.why_page)
        return Step(draft.title, tuple(draft.text), draft.page, quiz)

    def _query(self, text: str) -> str:
        try:
            return state_query(text)
        except InputError as error:
            raise self._error(f"page: {error}") from error

    def _paragraph(self, text: str) -> Paragraph:
        spans: list[Span] = []
        end = 0
        for found in _SPAN.finditer(text):
            if found.start() > end:
                spans.append(("text", text[end : found.start()]))
            spans.append(self._span(found))
            end = found.end()
        if end < len(text):
            spans.append(("text", text[end:]))
        return tuple(spans)

    def _span(self, found: re.Match[str]) -> Span:
        for kind in ("strong", "em", "code"):
            if found[kind]:
                return (kind, found[kind])
        to = found["to"]
        if to.startswith(MEASURE):
            return ("claim", found["said"], to.removeprefix(MEASURE))
        if not to.startswith("https://"):
            raise self._error(f"a link begins with https:// or {MEASURE}, not {to!r}")
        return ("link", found["said"], to)

    def _error(self, said: str) -> InputError:
        return InputError(f"{self.file}, line {self.line}: {said}.")


def _blocks(text: str) -> list[tuple[int, str]]:
    """Return headings, list entries and paragraphs, each in one line, with its first's number."""
    found: list[tuple[int, str]] = []
    fresh = True
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if not said:
            fresh = True
            continue
        alone = re.match(r"#{1,3} |- |page:|minutes:", said)
        if fresh or alone:
            found.append((number, said))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {said}")
        fresh = bool(re.match(r"#{1,3} |page:|minutes:", said))
    return found
