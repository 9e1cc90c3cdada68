"""The map's components that its several panels share."""

from dataclasses import dataclass

import gradio as gr

from replearn.ui.frame.components import channel, map_canvas
from replearn.ui.frame.stopping import Stops

NAME = "map"
NO_DATA_SET = "Open a data set's map first."
STOPS = Stops("Stopped; what was embedded so far is kept.")


@dataclass(frozen=True)
class MapParts:
    """A map, what is drawn on it, and the slots that change it without sending it again.

    Attributes:
        canvas: the map; its events are `point_click` and `lasso`.
        drawn: a `Drawn`, or None before the first map.
        selected: the row of the table that was clicked last, or None.
        pictures, colour, overlay, worst, view: slots (see plotting/map/static/map.js).
    """

    canvas: gr.HTML
    drawn: gr.State
    selected: gr.State
    pictures: gr.HTML
    colour: gr.HTML
    overlay: gr.HTML
    worst: gr.HTML
    view: gr.HTML


def map_parts() -> MapParts:
    """Build them where the map is to stand."""
    slots = {
        slot: channel(NAME, slot) for slot in ("pictures", "colour", "overlay", "worst", "view")
    }
    return MapParts(map_canvas(NAME), gr.State(None), gr.State(None), **slots)
