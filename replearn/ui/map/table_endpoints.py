"""HTTP endpoints for vectors: a data set's table, and the neighbours of a query."""

import base64
from typing import Any

import gradio as gr
import numpy as np

from replearn.core.errors import InputError
from replearn.studies.map.embed import embed
from replearn.ui.frame.endpoint_inputs import NumberInput, TextInput, checked
from replearn.ui.frame.picture_input import PictureInput

MOST_ROWS = 20_000  # in one answer: 512 numbers each come to 55 MB of text


def add_table_endpoints(default_model: str) -> None:
    """Add `/embed` and `/neighbours`."""
    dataset = TextInput("emoji", label="dataset")
    model = TextInput(default_model, label="model")
    identity = TextInput("", label="id")
    text = TextInput("", label="text")
    picture = PictureInput(type="filepath", image_mode=None, label="image")
    k = NumberInput(None, precision=0, label="k")
    answer = gr.JSON()
    button = gr.Button()
    button.click(_embed, [dataset, model], answer, api_name="embed")
    button.click(
        _neighbours, [dataset, model, identity, text, picture, k], answer, api_name="neighbours"
    )


@checked
def _embed(dataset: str, model: str) -> dict[str, Any]:
    """Return a data set's vectors: `vectors` is base64 of little-endian float32, row by row."""
    table = embed(dataset, model)
    if len(table) > MOST_ROWS:
        raise InputError(
            f"{dataset} has {len(table):,} pictures, too many for one answer; "
            "use replearn.embed in Python."
        )
    return {
        "ids": table.ids,
        "labels": table.labels.tolist(),
        "captions": table.captions,
        "groups": table.groups,
        "columns": table.columns,
        "shape": table.vectors.shape,
        "vectors": base64.b64encode(np.asarray(table.vectors, "<f4").tobytes()).decode("ascii"),
        "model": model,
        "fingerprint": "" if table.origin is None else table.origin.fingerprint,
    }


@checked
def _neighbours(
    dataset: str,
    model: str,
    id: str | None = None,
    text: str | None = None,
    image: str | None = None,
    k: float | None = None,
) -> dict[str, Any]:
    """Find the pictures nearest to one query: an id of the data set, a text, or an image."""
    count = None if k is None else int(k)
    found = embed(dataset, model).neighbours(id=id or None, text=text or None, image=image, k=count)
    return {
        "query": found.query,
        "ids": found.ids,
        "captions": found.captions,
        "similarities": found.similarities.tolist(),
        "indices": found.indices.tolist(),
        "stamp": str(found.stamp),
    }
