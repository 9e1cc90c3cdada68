"""Where a heat map is seen: the map, what a covered patch brings, and how it is coloured."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.colour_maps import COLOUR_MAPS
from replearn.ui.frame.components import bars, heat, stamp
from replearn.ui.frame.figure import figure, stop_button

USUAL = "the usual one"


@dataclass(frozen=True)
class HeatMapViewer:
    """The components of the right two thirds."""

    map: gr.HTML
    origin: gr.HTML
    covered_row: gr.Row
    covered: gr.Image
    answers: gr.HTML
    stop: gr.Button


def heat_map_viewer() -> HeatMapViewer:
    """Build the viewer."""
    with figure("heat-map"):
        shown, origin = heat("heat-map"), stamp("heat-map-stamp")
        with gr.Row(visible=False) as covered_row:
            with gr.Column(scale=2, min_width=160):
                covered = gr.Image(
                    label="With that patch covered",
                    interactive=False,
                    height=200,
                    format="png",
                    buttons=[],
                    elem_id="covered",
                )
            with gr.Column(scale=3, min_width=280):
                answers = bars("covered-answer")
    with gr.Row(elem_classes="rl-buttons"):
        stop = stop_button("heat-map")
    return HeatMapViewer(shown, origin, covered_row, covered, answers, stop)


def look_controls() -> list[Any]:
    """Build opacity, colour map and threshold."""
    with gr.Accordion("colours", open=False):
        return [
            gr.Slider(0, 1, 0.6, step=0.05, label="Opacity", elem_id="opacity"),
            gr.Dropdown([USUAL, *COLOUR_MAPS], value=USUAL, label="Colour map", elem_id="colours"),
            gr.Slider(
                0, 1, 0, step=0.05, label="Threshold, share of the peak", elem_id="threshold"
            ),
        ]


def colour_map(chosen: str) -> str:
    """Return the name of a colour map; nothing for the usual one."""
    return "" if chosen == USUAL else chosen
