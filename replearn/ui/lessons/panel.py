"""The panel with the lessons; `static/lessons.js` leads through one."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.lessons.shelf import lesson_named, lessons
from replearn.ui.frame.components import component, notice
from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.turns import QUIET


def lessons_button() -> gr.Button:
    """Return the button of the header that opens the panel."""
    return gr.Button("lessons", size="sm", elem_id="lessons-button", scale=0)


def lessons_panel(button: gr.Button) -> None:
    """Build the panel, which is seen once the button was pressed."""
    with gr.Column(elem_id="lessons", min_width=0):
        refused = notice("lessons-notice")
        panel = component("lessons", "lesson-panel")

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
        return {panel: {"shelf": told}}

    @refusing(refused)
    def lesson_chosen(event: gr.EventData) -> Shown:
        name = getattr(event, "name", None)
        if not isinstance(name, str):
            raise InputError("Choose a lesson from the list.")
        return {panel: {"lesson": lesson_named(name, from_environment().lessons).to_dict()}}

    button.click(lesson_shelf, None, [panel, refused], **QUIET)
    # the event exists because its name stands in lessons.js
    panel.lesson_opened(lesson_chosen, None, [panel, refused], **QUIET)
