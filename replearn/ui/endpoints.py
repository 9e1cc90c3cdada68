"""The HTTP endpoints: the same studies, for gradio_client; nothing of it is shown."""

from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import ReplearnError
from replearn.data.labels import parse_labels
from replearn.plotting.heat_map_files import stated
from replearn.studies.explain import explain
from replearn.studies.zero_shot import zero_shot
from replearn.ui.distortion_endpoints import add_distortion_endpoints
from replearn.ui.map_endpoint import add_map_endpoint
from replearn.ui.subject import PictureInput
from replearn.ui.table_endpoints import add_table_endpoints


def add_endpoints(default_model: str) -> None:
    """Add `/zero_shot`, `/explain`, those for vectors and maps, and those for distortions."""
    with gr.Column(visible=False):
        picture = PictureInput(type="filepath", image_mode=None, label="image")
        text = gr.Textbox(label="labels or target")
        model = gr.Textbox(default_model, label="model")
        method = gr.Textbox("cam", label="method")
        answer, drawn = gr.JSON(), gr.Image(format="png")
        button = gr.Button()
        button.click(_zero_shot, [picture, text, model], answer, api_name="zero_shot")
        button.click(_explain, [picture, text, model, method], [drawn, answer], api_name="explain")
        add_table_endpoints(default_model)
        add_map_endpoint(default_model)
        add_distortion_endpoints(default_model)


def _refused(error: ReplearnError) -> gr.Error:
    return gr.Error(str(error), print_exception=False)


def _picture(path: str | None) -> str:
    if path is None:
        raise gr.Error("Give a picture.", print_exception=False)
    return path


def _zero_shot(image: str | None, labels: str, model: str) -> dict[str, Any]:
    """Compare a picture with labels, one a line; returns what `Probabilities.to_dict` gives."""
    try:
        return zero_shot(_picture(image), parse_labels(labels).names, model).to_dict()
    except ReplearnError as error:
        raise _refused(error) from error


def _explain(
    image: str | None, target: str, model: str, method: str
) -> tuple[Image.Image, dict[str, Any]]:
    """Return a heat map over the picture, and its raw values as nested lists with their stamp."""
    try:
        found = explain(_picture(image), target, model, method)
    except ReplearnError as error:
        raise _refused(error) from error
    return found.overlay(), {"values": found.values.tolist(), **stated(found)}
