"""The heat map of the distorted picture, which follows the slider while it is unfolded."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.distortions.stack import Stack
from replearn.plotting.heat_value import heat_value
from replearn.studies.answering.answered import best_target
from replearn.studies.distortions.distorted_answer import distorted_picture
from replearn.studies.heat_maps.explain import explain
from replearn.ui.frame.components import heat, notice
from replearn.ui.frame.figure import figure
from replearn.ui.frame.question import Asked

METHOD = "grad-cam"
OPACITY = 0.6


@dataclass(frozen=True)
class HeatMapView:
    """The components of the panel."""

    panel: gr.Accordion
    map: gr.HTML
    refused: gr.HTML


def heat_map_view() -> HeatMapView:
    """Build the panel."""
    with gr.Accordion("its heat map (grad-cam)", open=False, elem_id="distorted-heat-on") as panel:
        with figure("distorted-heat"):
            picture = heat("distorted-heat")
        refused = notice("distorted-heat-notice")
    return HeatMapView(panel, picture, refused)


def heat_map_at(
    kind: str,
    level: float,
    kept: Stack,
    picture: str,
    model: str,
    asked: Asked,
) -> Any:
    """Return the heat map of where the clean picture's answer is looked for in the distorted one.

    Raises:
        ReplearnError: there is none.
    """
    target = best_target(picture, model, asked.get())
    changed = distorted_picture(picture, kept.then(kind, level))
    return heat_value(explain(changed, target, model, METHOD), OPACITY)
