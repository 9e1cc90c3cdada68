"""HTTP endpoints for vectors: a data set's table, and the neighbours of a query."""

import base64
from typing import Any

import gradio as gr
import numpy as np

from replearn.core.errors import InputError, ReplearnError
from replearn.studies.embed import embed
from replearn.ui.subject import PictureInput

MOST_ROWS = 20_000  # in one answer: 512 numbers each come to 55 MB of text


def add_table_endpoints(default_model: str) -> None:
    """Add `/embed` and `/neighbours`."""
    dataset = gr.Textbox("emoji", label="dataset")
    model = gr.Textbox(default_model, label="model")
    identity = gr.Textbox("", label="id")
    text = gr.Textbox("", label="text")
    picture = PictureInput(type="filepath", image_mode=None, label="image")
    k = gr.Number(None, precision=0, label="k")
    answer = gr.JSON()
    button = gr.Button()
    button.click(_embed, [dataset, model], answer, api_name="embed")
    button.click(
        _neighbours, [dataset, model, identity, text, picture, k], answer, api_name="neighbours"
    )


def _embed(dataset: str, model: str) -> dict[str, Any]:
    """Return a data set's vectors: `vectors` is base64 of little-endian float32, row by row."""
    try:
        table = embed(dataset, model)
        if len(table) > MOST_ROWS:
            raise InputError(
                f"{dataset} has {len(table):,} pictures, too many for one answer; "
                "use replearn.embed in Python."
            )
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
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


def _neighbours(
    dataset: str,
    model: str,
    id: str | None = None,
    text: str | None = None,
    image: str | None = None,
    k: int | None = None,
) -> dict[str, Any]:
    """Find the pictures nearest to one query: an id of the data set, a text, or an image."""
    try:
        found = embed(dataset, model).neighbours(id=id or None, text=text or None, image=image, k=k)
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return {
        "query": found.query,
        "ids": found.ids,
        "captions": found.captions,
        "similarities": found.similarities.tolist(),
        "indices": found.indices.tolist(),
        "stamp": str(found.stamp),
    }
