"""HTTP endpoint for maps: a data set's coordinates."""

from typing import Any

import gradio as gr

from replearn.studies.map.embedding_map import MapChoice
from replearn.ui.frame.endpoint_inputs import NumberInput, TextInput, checked


def add_map_endpoint(default_model: str) -> None:
    """Add `/project`."""
    dataset = TextInput("emoji", label="dataset")
    model = TextInput(default_model, label="model")
    projection = TextInput("umap", label="projection")
    seed = NumberInput(0, precision=0, label="seed")
    settings = gr.JSON({}, label="settings")
    gr.Button().click(
        _project,
        [dataset, model, projection, seed, settings],
        gr.JSON(),
        api_name="project",
    )


@checked
def _project(
    dataset: str, model: str, projection: str, seed: float, settings: dict[str, Any] | None
) -> dict[str, Any]:
    """Lay a data set out; settings are the projection's, e.g. {"dimensions": 3}."""
    chosen = tuple((settings or {}).items())
    found = MapChoice(dataset, model, projection, int(seed), chosen).laid_out()
    return {
        "ids": list(found.ids),
        "captions": list(found.captions),
        "groups": list(found.groups),
        "coordinates": found.coordinates.tolist(),
        "preservation": dict(found.preservation),
        "stamp": str(found.stamp),
    }
