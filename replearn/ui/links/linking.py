"""The link of an answer, made of what its listener was given."""

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.page_link import PageState, Value, link_query
from replearn.core.question import Question
from replearn.ui.frame.examples import first_example
from replearn.ui.frame.framing import original_of, told_frame
from replearn.ui.links.inputs import LinkedInput, tabs_around
from replearn.ui.links.pictures import picture_name

SPECIAL = (gr.Progress, gr.Request, gr.EventData)


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
    ) -> str:
        """Return the query that brings an answer back; "" where there is none.

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
        # what a listener sets itself, as a slider's level, counts more than what it was given
        for one, value in [*zip(inputs, given, strict=False), *shown.items()]:
            subject |= self._of_subject(one, value)
            controls |= self._of_question(value) if one is self._question else {}
            controls |= self._of_control(one, value)
        try:
            return link_query(PageState(".".join(tab), subject=subject, inputs=controls))
        except ReplearnError:
            return ""  # it would be too long

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


def _picture(path: str) -> dict[str, Value]:
    told, name = told_frame(path), picture_name(original_of(path))
    found: dict[str, Value] = {} if name == picture_name(first_example()) else {"picture": name}
    if told is not None:
        found["frame"] = [told["mode"], *(told["square"] or ())]
    return found
