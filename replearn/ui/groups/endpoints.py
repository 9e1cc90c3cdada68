"""HTTP endpoints for groups: accuracy by group, and blind spots."""

from typing import Any

import gradio as gr

from replearn.data.labels import parse_labels
from replearn.studies.groups.groups import groups
from replearn.studies.groups.slices import slices
from replearn.ui.frame.endpoint_inputs import TextInput, checked


def add_group_endpoints(default_model: str) -> None:
    """Add `/groups` and `/slices`."""
    dataset = TextInput("", label="dataset")
    model = TextInput(default_model, label="model")
    by = TextInput("", label="by")
    labels = TextInput("", lines=4, label="labels")
    positive = TextInput("", label="positive")
    answer = gr.JSON()
    button = gr.Button()
    button.click(_groups, [dataset, model, by, labels, positive], answer, api_name="groups")
    button.click(_slices, [dataset, model, labels], answer, api_name="slices")


@checked
def _groups(dataset: str, model: str, by: str, labels: str, positive: str) -> dict[str, Any]:
    """Tell accuracy by group; returns what `GroupReport.to_dict` gives.

    Columns are separated by commas, labels stand one a line; both may be empty.
    """
    columns = [name.strip() for name in by.split(",") if name.strip()] or None
    return groups(dataset, model, columns, _labels(labels), positive=positive).to_dict()


@checked
def _slices(dataset: str, model: str, labels: str) -> dict[str, Any]:
    """Look for blind spots; returns what `Slices.to_dict` gives."""
    return slices(dataset, model, _labels(labels)).to_dict()


def _labels(text: str) -> tuple[str, ...] | None:
    return parse_labels(text).names if text.strip() else None
