"""HTTP endpoints for parts: a score split, a picture in words, one unit."""

from typing import Any

import gradio as gr

from replearn.data.labels import parse_labels
from replearn.studies.parts.decompose import decompose
from replearn.studies.parts.units.unit import unit
from replearn.studies.parts.words import concepts
from replearn.ui.frame.endpoint_inputs import NumberInput, TextInput, checked
from replearn.ui.frame.picture_input import PictureInput, given_picture


def add_parts_endpoints(default_model: str) -> None:
    """Add `/decompose`, `/concepts` and `/unit`."""
    picture = PictureInput(type="filepath", image_mode=None, label="image")
    model = TextInput(default_model, label="model")
    target = TextInput("", label="target")
    against = TextInput("", label="against")
    k = NumberInput(8, precision=0, label="k")
    layer = TextInput("", label="layer")
    index = NumberInput(0, precision=0, label="index")
    dataset = TextInput("", label="dataset")
    labels = TextInput("", lines=4, label="labels")
    answer = gr.JSON()
    button = gr.Button()
    button.click(_decompose, [picture, model, target, against], answer, api_name="decompose")
    button.click(_concepts, [picture, model, k], answer, api_name="concepts")
    button.click(_unit, [model, layer, index, dataset, labels], answer, api_name="unit")


@checked
def _decompose(image: str | None, model: str, target: str, against: str) -> dict[str, Any]:
    """Split a score over heads or channels; returns what `Contributions.to_dict` gives."""
    return decompose(given_picture(image), model, target, against=against).to_dict()


@checked
def _concepts(image: str | None, model: str, k: float) -> dict[str, Any]:
    """Write a picture's vector in words; returns what `Concepts.to_dict` gives."""
    return concepts(given_picture(image), model, int(k)).to_dict()


@checked
def _unit(model: str, layer: str, index: float, dataset: str, labels: str) -> dict[str, Any]:
    """Look at one unit; returns what `Unit.to_dict` gives. Labels, one a line, may be empty."""
    asked = parse_labels(labels).names if labels.strip() else ()
    return unit(model, layer, int(index), dataset, asked).to_dict()
