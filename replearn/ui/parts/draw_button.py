"""The button that leads from a unit to its picture in the tab Dreams."""

import gradio as gr

from replearn.ui.frame.subject import LinkedUnit
from replearn.ui.frame.turns import QUIET
from replearn.ui.parts.unit_search import LAST


def draw_button(layer: gr.Dropdown, index: gr.Number, to_draw: gr.State) -> None:
    """Build the button, which puts the chosen unit into `to_draw`."""
    button = gr.Button("draw it", size="sm", elem_id="draw-unit")

    def to_be_drawn(place: str, number: float | None) -> LinkedUnit:
        return LinkedUnit("" if place == LAST else place, int(number or 0))

    button.click(to_be_drawn, [layer, index], to_draw, **QUIET)
