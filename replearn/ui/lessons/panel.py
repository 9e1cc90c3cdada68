"""The panel with the lessons; `static/lessons.js` leads through one."""

import re

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.lessons.shelf import lesson_named, lessons
from replearn.ui.frame.components import component, notice
from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.turns import QUIET
from replearn.ui.lessons.classroom import classroom


def lessons_button() -> gr.Button:
    """Return the button of the header that opens the panel."""
    return gr.Button("lessons", size="sm", elem_id="lessons-button", scale=0)


def lessons_panel(button: gr.Button) -> None:
    """Build the panel, which is seen once the button was pressed."""
    with gr.Column(elem_id="lessons", min_width=0):
        refused = notice("lessons-notice")
        panel = component("lessons", "lesson-panel")
    teach = from_environment().teach

    @refusing(refused)
    def lesson_shelf() -> Shown:
        found = lessons(from_environment().lessons)
        told = [
            {
                "name": one.name,
                "title": one.title,
                "minutes": one.minutes,
                "steps": len(one.steps),
            }
            for one in found
        ]
        return {panel: {"shelf": told, "counted": teach}}

    @refusing(refused)
    def lesson_chosen(event: gr.EventData) -> Shown:
        name = getattr(event, "name", None)
        if not isinstance(name, str):
            raise InputError("Choose a lesson from the list.")
        return {panel: {"lesson": lesson_named(name, from_environment().lessons).to_dict()}}

    @refusing(refused)
    def lesson_answered(event: gr.EventData) -> Shown:
        name, learner = getattr(event, "name", None), getattr(event, "learner", None)
        answers = getattr(event, "answers", None)
        if not (isinstance(name, str) and isinstance(answers, dict) and _is_number(learner)):
            raise InputError("The answer can't be counted; load the page again.")
        lesson = lesson_named(name, from_environment().lessons)
        for step, choice in answers.items():
            if not (str(step).isdecimal() and isinstance(choice, int)):
                raise InputError("The answer can't be counted; load the page again.")
            classroom().tally.count(lesson, int(step), choice, str(learner))
        return {refused: None}

    button.click(lesson_shelf, None, [panel, refused], **QUIET)
    # the event exists because its name stands in lessons.js
    panel.lesson_opened(lesson_chosen, None, [panel, refused], **QUIET)
    if teach:  # nothing is sent otherwise
        panel.lesson_answered(lesson_answered, None, refused, trigger_mode="multiple", **QUIET)


def _is_number(learner: object) -> bool:
    """Say whether this is a number as a browser draws it."""
    return isinstance(learner, str) and re.fullmatch(r"[0-9a-f]{32}", learner) is not None
