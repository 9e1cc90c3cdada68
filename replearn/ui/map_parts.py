"""The map's components that its several panels share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.ui.components import channel, map_canvas
from replearn.ui.stopping import Stops

NAME = "map"
STOPS = Stops("Stopped; what was embedded so far is kept.")


@dataclass(frozen=True)
class MapParts:
    """A map, what is drawn on it, and the slots that change it without sending it again.

    Attributes:
        canvas: the map; its events are `point_click` and `lasso`.
        drawn: a `Drawn`, or None before the first map.
        selected: the row of the table that was clicked last, or None.
        pictures, colour, overlay, worst, view: slots (see plotting/static/map.js).
    """

    canvas: gr.HTML
    drawn: gr.State
    selected: gr.State
    pictures: gr.HTML
    colour: gr.HTML
    overlay: gr.HTML
    worst: gr.HTML
    view: gr.HTML


@dataclass(frozen=True)
class Opening:
    """How a shipped map is drawn at once: behind the page, and when its tab is opened."""

    draw: Callable[..., tuple[Any, ...]]
    inputs: list[Any]
    outputs: list[Any]

    @property
    def settings(self) -> dict[str, Any]:
        """The listener's: the two take turns; at once, the second takes back a click's answer."""
        return {
            "inputs": self.inputs,
            "outputs": self.outputs,
            "concurrency_id": "first-map",
            "concurrency_limit": 1,
            "show_progress": "hidden",
            "api_visibility": "private",
        }


def map_parts() -> MapParts:
    """Build them where the map is to stand."""
    slots = {
        slot: channel(NAME, slot) for slot in ("pictures", "colour", "overlay", "worst", "view")
    }
    return MapParts(map_canvas(NAME), gr.State(None), gr.State(None), **slots)
