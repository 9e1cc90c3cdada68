"""The HTTP endpoints: the same studies, for gradio_client; nothing of it is shown."""

from typing import Any

import gradio as gr
from PIL import Image

from replearn.data.labels import parse_labels
from replearn.plotting.heat_maps.files import stated
from replearn.studies.heat_maps.explain import explain
from replearn.studies.zero_shot.zero_shot import zero_shot
from replearn.ui.distortions.endpoints import add_distortion_endpoints
from replearn.ui.dreams.endpoints import add_dream_endpoints
from replearn.ui.frame.endpoint_inputs import TextInput, checked
from replearn.ui.frame.picture_input import PictureInput, given_picture
from replearn.ui.groups.audit_endpoint import add_audit_endpoint
from replearn.ui.groups.endpoints import add_group_endpoints
from replearn.ui.map.endpoint import add_map_endpoint
from replearn.ui.map.table_endpoints import add_table_endpoints
from replearn.ui.parts.endpoints import add_parts_endpoints


def add_endpoints(default_model: str) -> None:
    """Add `/zero_shot`, `/explain`, those for vectors, maps, distortions, parts, dreams, groups."""
    with gr.Column(visible=False):
        picture = PictureInput(type="filepath", image_mode=None, label="image")
        text = TextInput(label="labels or target")
        model = TextInput(default_model, label="model")
        method = TextInput("cam", label="method")
        answer, drawn = gr.JSON(), gr.Image(format="png")
        button = gr.Button()
        button.click(_zero_shot, [picture, text, model], answer, api_name="zero_shot")
        button.click(_explain, [picture, text, model, method], [drawn, answer], api_name="explain")
        add_table_endpoints(default_model)
        add_map_endpoint(default_model)
        add_distortion_endpoints(default_model)
        add_parts_endpoints(default_model)
        add_dream_endpoints(default_model)
        add_audit_endpoint(default_model)
        add_group_endpoints(default_model)


@checked
def _zero_shot(image: str | None, labels: str, model: str) -> dict[str, Any]:
    """Compare a picture with labels, one a line; returns what `Probabilities.to_dict` gives."""
    return zero_shot(given_picture(image), parse_labels(labels).names, model).to_dict()


@checked
def _explain(
    image: str | None, target: str, model: str, method: str
) -> tuple[Image.Image, dict[str, Any]]:
    """Return a heat map over the picture, and its raw values as nested lists with their stamp."""
    found = explain(given_picture(image), target, model, method)
    return found.overlay(), {"values": found.values.tolist(), **stated(found)}
