"""The page's question: labels, templates, "none of these" and temperature, asked in every tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.question import Question
from replearn.core.settings import from_environment
from replearn.data.labels import (
    TEMPLATE_PRESETS,
    parse_labels,
    parse_templates,
    preset_labels,
    preset_names,
)
from replearn.data.photos import Photos
from replearn.ui.frame.components import component, notice
from replearn.ui.frame.examples import FIRST_PHOTO
from replearn.ui.frame.turns import LATEST

OWN_LABELS = "my own"
FIRST_TEMPLATES = "a photo"
NULL_PROMPT = "a photo"
LONGEST_LINK = 20_000


@dataclass(frozen=True)
class Asked:
    """What is asked now; where the labels or templates can't be used, the sentence that says so."""

    question: Question | None
    notes: tuple[str, ...] = ()
    refused: str = ""

    def get(self) -> Question:
        """Return the question.

        Raises:
            InputError: it can't be asked.
        """
        if self.question is None:
            raise InputError(self.refused)
        return self.question

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels.

        Raises:
            InputError: they can't be used.
        """
        return self.get().labels or ()


@dataclass(frozen=True)
class QuestionBox:
    """The components of the question, and the state that everything on the page follows.

    Attributes:
        asked: an `Asked`.
        own: whether the temperature is the model's own.
        senses: what the labels were taken for; the tab Zero-shot fills it with its answer.
    """

    asked: gr.State
    preset: gr.Dropdown
    labels: gr.Textbox
    null_on: gr.Checkbox
    null_text: gr.Textbox
    template_preset: gr.Dropdown
    templates: gr.Textbox
    own: gr.Checkbox
    temperature: gr.Slider
    refused: gr.HTML
    senses: gr.HTML

    @property
    def inputs(self) -> list[Any]:
        """The components that `read` takes the values of."""
        return [
            self.labels,
            self.templates,
            self.null_on,
            self.null_text,
            self.own,
            self.temperature,
        ]


def question_box() -> QuestionBox:
    """Build the components where they are to stand, and keep the state up to date."""
    first, templates = "\n".join(first_labels()), "\n".join(TEMPLATE_PRESETS[FIRST_TEMPLATES])
    may_change = not from_environment().fixed_labels
    preset = gr.Dropdown(
        [OWN_LABELS, *preset_names()],
        value=OWN_LABELS,
        label="Label set",
        elem_id="preset",
        visible=may_change,
    )
    labels = gr.Textbox(
        first,
        label="Labels, one a line" if may_change else "Labels that this class asks by",
        lines=8,
        max_lines=14,
        interactive=may_change,
        elem_id="labels",
    )
    senses = component("senses", "senses")
    with gr.Row():
        null_on = gr.Checkbox(True, label="“none of these” may win", elem_id="null-on")
        null_text = gr.Textbox(NULL_PROMPT, label="its prompt", max_lines=1, elem_id="null-prompt")
    with gr.Accordion("Templates and temperature", open=False, elem_id="templates-panel"):
        template_preset = gr.Dropdown(
            list(TEMPLATE_PRESETS),
            value=FIRST_TEMPLATES,
            label="Template set",
            elem_id="template-set",
        )
        template_box = gr.Textbox(
            templates, label="Templates, one a line, {} is the label", lines=3, elem_id="templates"
        )
        own = gr.Checkbox(True, label="the model's own temperature", elem_id="own-tau")
        temperature = gr.Slider(
            0.002, 0.2, 0.01, step=0.001, label="Temperature", elem_id="temperature"
        )
    asked = gr.State(read(first, templates, True, NULL_PROMPT, True, 0.01))
    box = QuestionBox(
        asked,
        preset,
        labels,
        null_on,
        null_text,
        template_preset,
        template_box,
        own,
        temperature,
        notice("zero-shot-notice"),
        senses,
    )
    _listen(box)
    return box


def first_labels() -> tuple[str, ...]:
    """Return the labels of a fresh page: those of a setting, or of the picture shown first."""
    if told := from_environment().labels:
        return told
    photos = Photos()
    return photos.labels(photos.index(FIRST_PHOTO))


def _listen(box: QuestionBox) -> None:
    # a text's `change`: its `input` misses what isn't typed key by key
    typed = [one.change for one in (box.labels, box.templates, box.null_text)]
    ticked = [one.input for one in (box.null_on, box.own)]
    gr.on([*typed, *ticked], read, box.inputs, box.asked, **LATEST)
    # whoever moves the temperature no longer means the model's own
    box.temperature.input(_read_at, box.inputs, [box.asked, box.own], **LATEST)
    chosen = [box.preset, *box.inputs]
    box.preset.input(_read_preset, chosen, [box.labels, box.asked], **LATEST)
    chosen = [box.template_preset, *box.inputs]
    box.template_preset.input(_read_templates, chosen, [box.templates, box.asked], **LATEST)


def read(
    labels: str, templates: str, null_on: bool, null_text: str, own: bool, temperature: float
) -> Asked:
    """Read the components' values."""
    try:
        names = parse_labels(labels)
        question = Question(
            tuple(names.names),
            tuple(parse_templates(templates)),
            (null_text or "").strip() or NULL_PROMPT if null_on else None,
            None if own else float(temperature),
        )
    except ReplearnError as error:
        return Asked(None, refused=str(error))
    return Asked(question, tuple(names.notes))


def _read_at(*values: Any) -> tuple[Asked, bool]:
    labels, templates, null_on, null_text, _, temperature = values
    return read(labels, templates, null_on, null_text, False, temperature), False


def _read_preset(name: str, *values: Any) -> tuple[Any, Any]:
    if name == OWN_LABELS:
        return gr.skip(), gr.skip()
    labels = "\n".join(preset_labels(name))
    return labels, read(labels, *values[1:])


def _read_templates(name: str, labels: str, _: str, *values: Any) -> tuple[str, Asked]:
    templates = "\n".join(TEMPLATE_PRESETS[name])
    return templates, read(labels, templates, *values)


def with_labels(names: Sequence[str], *values: Any) -> tuple[Any, Any]:
    """Return labels and question for an example; what a user typed, or the launch set, stays.

    Args:
        names: the example's own labels.
        values: of `QuestionBox.inputs`.
    """
    photos = Photos()
    shipped = {photos.labels(i) for i in range(len(photos))}
    typed = tuple(line.strip() for line in values[0].splitlines() if line.strip())
    if from_environment().labels or (typed and typed not in shipped):
        return gr.skip(), gr.skip()
    labels = "\n".join(names)
    return labels, read(labels, *values[1:])
