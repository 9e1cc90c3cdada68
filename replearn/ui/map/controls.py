"""What the map tab lets one choose before a layout runs, made from what projections declare."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.projections import PROJECTIONS, projection_parameters
from replearn.projections.parameters import Parameter, Value
from replearn.studies.map.embedding_map import MapChoice

SHARED = "dimensions"  # of every projection, and so shown once

FIRST = "umap"


@dataclass(frozen=True)
class MapControls:
    """The components of a map's settings.

    Attributes:
        projection, dimensions, seed: of every map.
        others: (projection, parameter, component) of the rest; shown for their projection alone.
        redraw: lays the map out with what is set.
    """

    projection: gr.Radio
    dimensions: gr.Radio
    seed: gr.Number
    others: tuple[tuple[str, Parameter, Any], ...]
    redraw: gr.Button

    @property
    def inputs(self) -> list[Any]:
        """The components whose values `choice` takes, in order."""
        return [self.projection, self.dimensions, self.seed, *(part for _, _, part in self.others)]

    def choice(self, dataset: str, model: str, values: Sequence[Any]) -> MapChoice:
        """Return which map the values of `inputs` ask for."""
        projection, dimensions, seed, *rest = values
        chosen: dict[str, Value] = {}
        if str(dimensions) != "2":
            chosen[SHARED] = int(dimensions)
        for (owner, one, _), value in zip(self.others, rest, strict=True):
            if owner == projection and value is not None and value != one.default:
                chosen[one.name] = value
        return MapChoice(dataset, model, projection, int(seed or 0), tuple(sorted(chosen.items())))


def map_controls() -> MapControls:
    """Build the controls."""
    with gr.Row(elem_classes="rl-tight"):
        projection = gr.Radio(
            list(PROJECTIONS), value=FIRST, label="Projection", elem_id="projection", min_width=170
        )
        dimensions = gr.Radio(
            ["2", "3"], value="2", label="Dimensions", elem_id="dimensions", min_width=90
        )
    others: list[tuple[str, Parameter, Any]] = []
    with gr.Accordion("settings of the projection", open=False, elem_id="map-settings"):
        for name in PROJECTIONS:
            for one in projection_parameters(name):
                if one.name != SHARED:
                    others.append((name, one, _component(name, one)))
        seed = gr.Number(0, label="seed", precision=0, elem_id="map-seed")
        redraw = gr.Button("draw the map", size="sm", elem_id="redraw")
    projection.change(
        lambda name: {part: gr.update(visible=owner == name) for owner, _, part in others},
        projection,
        [part for _, _, part in others],
        api_visibility="private",
        show_progress="hidden",
    )
    return MapControls(projection, dimensions, seed, tuple(others), redraw)


def _component(projection: str, one: Parameter) -> Any:
    how: dict[str, Any] = {
        "label": one.name,
        "info": one.text,
        "visible": projection == FIRST,
        "elem_id": f"{projection}-{one.name.replace('_', '-')}",
    }
    if one.choices:
        return gr.Radio(list(one.choices), value=one.default, **how)
    return gr.Slider(one.low, one.high, value=float(one.default), step=one.step, **how)
