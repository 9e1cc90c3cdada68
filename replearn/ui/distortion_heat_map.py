"""The heat map of the distorted picture, which follows the slider while it is switched on."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.distortions.stack import Stack
from replearn.plotting.heat_map_view import heat_value
from replearn.studies.distorted_answer import distorted_picture
from replearn.studies.explain import explain
from replearn.ui.components import heat, notice
from replearn.ui.heat_map_controls import best_answer

METHOD = "grad-cam"
OPACITY = 0.6


@dataclass(frozen=True)
class HeatMapView:
    """The components of the panel."""

    on: gr.Checkbox
    map: gr.HTML
    refused: gr.HTML


def heat_map_view() -> HeatMapView:
    """Build the panel."""
    on = gr.Checkbox(False, label="Heat map beside it (grad-cam)", elem_id="distorted-heat-on")
    with gr.Column(visible=False) as shown:
        picture = heat("distorted-heat")
        refused = notice("distorted-heat-notice")
    on.change(
        lambda wanted: gr.Column(visible=wanted),
        on,
        shown,
        api_visibility="private",
        show_progress="hidden",
    )
    return HeatMapView(on, picture, refused)


def heat_map_at(
    wanted: bool,
    kind: str,
    level: float | None,
    kept: Stack,
    picture: str | None,
    model: str,
    labels: str,
) -> tuple[Any, Any]:
    """Say where the clean picture's answer is looked for in the distorted one."""
    if not wanted or picture is None or level is None:
        return gr.skip(), gr.skip()
    try:
        target = best_answer(picture, model, labels)
        changed = distorted_picture(picture, kept.then(kind, level))
        return heat_value(explain(changed, target, model, METHOD), OPACITY), None
    except ReplearnError as error:
        return gr.skip(), str(error)
