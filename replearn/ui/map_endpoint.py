"""HTTP endpoint for maps: a data set's coordinates."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.studies.embedding_map import MapChoice


def add_map_endpoint(default_model: str) -> None:
    """Add `/project`."""
    dataset = gr.Textbox("emoji", label="dataset")
    model = gr.Textbox(default_model, label="model")
    projection = gr.Textbox("umap", label="projection")
    seed = gr.Number(0, precision=0, label="seed")
    settings = gr.JSON({}, label="settings")
    gr.Button().click(
        _project,
        [dataset, model, projection, seed, settings],
        gr.JSON(),
        api_name="project",
    )


def _project(
    dataset: str, model: str, projection: str, seed: float, settings: dict[str, Any] | None
) -> dict[str, Any]:
    """Lay a data set out; settings are the projection's, e.g. {"dimensions": 3}."""
    try:
        chosen = tuple((settings or {}).items())
        found = MapChoice(dataset, model, projection, int(seed), chosen).laid_out()
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return {
        "ids": list(found.ids),
        "captions": list(found.captions),
        "groups": list(found.groups),
        "coordinates": found.coordinates.tolist(),
        "preservation": dict(found.preservation),
        "stamp": str(found.stamp),
    }
