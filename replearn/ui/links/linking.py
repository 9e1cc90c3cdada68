"""The link of an answer, made of what its listener was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.page_link import PageState, Value, link_query
from replearn.core.question import Question
from replearn.ui.frame.examples import first_example
from replearn.ui.frame.framing import original_of, told_frame
from replearn.ui.links.inputs import LinkedInput, tabs_around
from replearn.ui.links.pictures import picture_name

# the controls that a page's question is read from
ASKED_BY = ("labels", "templates", "null-on", "own-tau", "null-prompt", "temperature")
SPECIAL = (gr.Progress, gr.Request, gr.EventData)


@dataclass(frozen=True)
class Told:
    """What a listener tells of the page's state.

    Attributes:
        state: of the page when it answered; only what isn't usual.
        known: the parts of the subject and the controls that it told of, usual or not.
    """

    state: PageState
    known: frozenset[str]

    def link(self) -> str:
        """Return the query that brings the answer back; "" where it would be too long."""
        return _query(self.state)

    def after(self, before: PageState | None) -> PageState:
        """Return the state of its tab, of which another listener had told before."""
        if before is None:
            return self.state
        subject, inputs = (
            {name: value for name, value in (told or {}).items() if name not in self.known}
            for told in (before.subject, before.inputs)
        )
        return replace(
            self.state,
            subject=subject | dict(self.state.subject or {}),
            inputs=inputs | dict(self.state.inputs),
        )


def way_back(state: PageState) -> str:
    """Return the query that a page which is loaded again comes back by.

    There is no state in it where every value is usual; "" where it would be too long.
    """
    return _query(state if state.subject or state.inputs else replace(state, subject=None))


class Linking:
    """Makes links of answers; before it knows its page, none."""

    def __init__(self) -> None:
        self._subject: Mapping[str, tuple[Any, Value]] = {}
        self._question: Any = None
        self._controls: Mapping[str, LinkedInput] = {}

    def know(
        self,
        subject: Mapping[str, tuple[Any, Value]],
        question: Any,
        controls: Mapping[str, LinkedInput],
    ) -> None:
        """Learn of the page, when it is built.

        Args:
            subject: name to the state, and its usual value; "picture" has none.
            question: the state of the page's question.
            controls: those that a link carries, by name.
        """
        self._subject, self._question, self._controls = subject, question, controls

    def of(
        self, inputs: Sequence[Any], outputs: Sequence[Any], values: Sequence[Any], shown: Any
    ) -> Told:
        """Return what is told of the page by an answer.

        Args:
            inputs: of the listener.
            outputs: of the listener, in the tab where the answer stands.
            values: as the listener got them, with what Gradio adds.
            shown: what it returned.
        """
        given = [value for value in values if not isinstance(value, SPECIAL)]
        tab = next((tabs for one in outputs if (tabs := tabs_around(one))), ())
        subject: dict[str, Value] = {}
        controls: dict[str, Value] = {}
        known: set[str] = set()
        # what a listener sets itself, as a slider's level, counts more than what it was given
        for one, value in [*zip(inputs, given, strict=False), *shown.items()]:
            subject |= self._of_subject(one, value)
            controls |= self._of_question(value) if one is self._question else {}
            controls |= self._of_control(one, value)
            known |= self._names(one)
        return Told(PageState(".".join(tab), subject=subject, inputs=controls), frozenset(known))

    def _names(self, one: Any) -> set[str]:
        """Return what a component's value tells of."""
        if one is self._question:
            return set(ASKED_BY)
        for part, (state, _) in self._subject.items():
            if one is state:
                return {part, "frame"} if part == "picture" else {part}
        name = str(getattr(one, "elem_id", None))
        return {name} if name in self._controls else set()

    def _of_subject(self, one: Any, value: Any) -> dict[str, Value]:
        for name, (state, usual) in self._subject.items():
            if one is not state:
                continue
            if name == "picture":
                return _picture(value) if value else {}
            return {} if value == usual else {name: value}
        return {}

    def _of_question(self, asked: Any) -> dict[str, Value]:
        question: Question | None = asked.question
        if question is None:
            return {}
        told: dict[str, Value] = {
            "labels": "\n".join(question.labels or ()),
            "templates": "\n".join(question.templates or ()),
            "null-on": question.null_prompt is not None,
            "own-tau": question.temperature is None,
        }
        if question.null_prompt is not None:
            told["null-prompt"] = question.null_prompt
        if question.temperature is not None:
            told["temperature"] = question.temperature
        known = self._controls
        return {name: v for name, v in told.items() if name in known and v != known[name].usual}

    def _of_control(self, one: Any, value: Any) -> dict[str, Value]:
        name = getattr(one, "elem_id", None)
        known = self._controls.get(name) if name else None
        # a text box that was never typed into has None on a fresh page
        if known is None or known.component is not one or value in (known.usual, known.usual or ""):
            return {}
        return {} if known.fitting(value) is None else {known.name: value}


def _query(state: PageState) -> str:
    try:
        return link_query(state)
    except ReplearnError:
        return ""


def _picture(path: str) -> dict[str, Value]:
    told, name = told_frame(path), picture_name(original_of(path))
    found: dict[str, Value] = {} if name == picture_name(first_example()) else {"picture": name}
    if told is not None:
        found["frame"] = [told["mode"], *(told["square"] or ())]
    return found
