"""The controls of the panel of prompts."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.settings import from_environment
from replearn.encoders.registry import models
from replearn.studies.groups.audit_options import PARAPHRASES
from replearn.studies.groups.pairs import TRAIT
from replearn.studies.groups.shipped_audit import MODELS, PROMPTS, TRAITS
from replearn.ui.frame.subject_names import model_names
from replearn.ui.groups.audit_asked import FIRST_TRAIT, PEOPLE_DRAWN, WHOSE


@dataclass(frozen=True)
class AuditControls:
    """What is asked, in the order of `AuditAsked`."""

    prompts: gr.Textbox
    beside: gr.Dropdown
    whose: gr.Radio
    trait: gr.Radio
    column: gr.Textbox
    compared: gr.Textbox
    templates: gr.Textbox
    against: gr.Textbox

    @property
    def inputs(self) -> list[Any]:
        """The components, in order."""
        return list(vars(self).values())


def audit_controls() -> AuditControls:
    """Build the controls; they stand as what ships was asked."""
    reading = {row.name for row in models() if "text" in row.capabilities}
    names = [name for name in model_names(from_environment()) if name in reading]
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            prompts = gr.Textbox(
                "\n".join(PROMPTS),
                label="Prompts, one a line",
                lines=6,
                max_lines=10,
                elem_id="audit-prompts",
            )
        with gr.Column(scale=1, min_width=260):
            whose = gr.Radio(WHOSE, value=PEOPLE_DRAWN, label="Pictures", elem_id="audit-whose")
            trait = gr.Radio(
                list(TRAITS), value=FIRST_TRAIT, label="Differ in", elem_id="audit-trait"
            )
            column = gr.Textbox(
                TRAIT,
                label="Differ in: a column of its table, beside the column pair",
                max_lines=1,
                max_length=80,
                visible=False,
                elem_id="audit-column",
            )
            beside = gr.Dropdown(
                list(dict.fromkeys([*MODELS, *names])),
                value=list(MODELS),
                multiselect=True,
                max_choices=5,
                label="Beside the model above",
                elem_id="audit-beside",
            )
    with gr.Accordion("Wordings, other values, prompts against these", open=False):
        templates = gr.Textbox(
            "\n".join(PARAPHRASES),
            label="Wordings, one a line, {} is the prompt",
            lines=5,
            max_lines=10,
            elem_id="audit-templates",
        )
        compared = gr.Textbox(
            "",
            label="Compare other values",
            placeholder="medium to dark",
            max_lines=1,
            max_length=160,
            elem_id="audit-compared",
        )
        against = gr.Textbox(
            "",
            label="Set against these prompts, one a line (WEAT)",
            lines=2,
            max_lines=6,
            elem_id="audit-against",
        )
    return AuditControls(prompts, beside, whose, trait, column, compared, templates, against)
