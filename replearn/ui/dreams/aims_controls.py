"""What is drawn for beside classes and units: the panel's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.ui.frame.figure import Shown
from replearn.ui.frame.picture_input import PictureInput
from replearn.ui.frame.turns import QUIET

BOTH, ROW, HEAD, DIRECTION = (
    "two at once",
    "a row from one to the other",
    "an attention head",
    "from the picture to another",
)
KINDS = (BOTH, ROW, HEAD, DIRECTION)


@dataclass(frozen=True)
class AimControls:
    """The components; which of them are seen hangs on what is drawn for."""

    kind: gr.Radio
    first: gr.Textbox
    second: gr.Textbox
    weight: gr.Slider
    along: gr.Textbox
    head: gr.Dropdown
    other: PictureInput
    steps: gr.Slider

    @property
    def inputs(self) -> list[Any]:
        """All of them, in this order."""
        return [
            *(self.kind, self.first, self.second, self.weight),
            *(self.along, self.head, self.other, self.steps),
        ]


def aim_controls() -> AimControls:
    """Build the controls."""
    kind = gr.Radio(list(KINDS), value=BOTH, label="Draw for", elem_id="aim-kind")
    with gr.Row():
        first = gr.Textbox(label="First", max_lines=1, elem_id="aim-first")
        second = gr.Textbox(label="Second", max_lines=1, elem_id="aim-second")
        along = gr.Textbox(
            label="Along a class or text",
            info="nothing: however it points",
            max_lines=1,
            visible=False,
            elem_id="aim-along",
        )
        head = gr.Dropdown([], label="Head", visible=False, elem_id="aim-head")
        weight = gr.Slider(-1, 1, 0.5, step=0.1, label="Weight of the second", elem_id="aim-weight")
        steps = gr.Slider(16, 256, 96, step=16, label="Steps", elem_id="aim-steps")
    other = PictureInput(
        type="filepath",
        image_mode=None,
        label="To this picture",
        height=220,
        visible=False,
        elem_id="aim-other",
    )
    at = AimControls(kind, first, second, weight, along, head, other, steps)

    def aim_chosen(kind: str) -> Shown:
        pair = kind in (BOTH, ROW)
        return {
            at.first: gr.Textbox(visible=pair),
            at.second: gr.Textbox(visible=pair),
            at.weight: gr.Slider(visible=kind == BOTH),
            at.along: gr.Textbox(visible=kind == HEAD),
            at.head: gr.Dropdown(visible=kind == HEAD),
            at.other: gr.Image(visible=kind == DIRECTION),
        }

    seen = [at.first, at.second, at.weight, at.along, at.head, at.other]
    kind.change(aim_chosen, kind, seen, **QUIET)
    return at
