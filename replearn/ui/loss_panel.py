"""The loss explorer: one batch, one anchor, one temperature, and all the numbers of the loss."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.lab_figures import anchor_figure, caption_figure
from replearn.ui.components import notice, plot, stamp
from replearn.ui.subject import Subject

LOSSES = ["NT-Xent: views with views", "CLIP: pictures with captions"]
MATH: list[dict[str, str | bool]] = [{"left": "$$", "right": "$$", "display": True}]


def loss_panel(subject: Subject) -> None:
    """Build the panel; nothing is computed before it is unfolded."""
    with gr.Accordion(
        "loss explorer: what does the temperature do?", open=False, elem_id="loss-explorer"
    ) as panel:
        gr.Markdown(
            "Eight pictures under the model chosen at the left; no training. Click a picture to "
            "make it the anchor and move the temperature: softmax sharpens, and the gradient moves "
            "to the few most alike. The blue bar is the anchor's true partner."
        )
        with gr.Row():
            loss = gr.Radio(LOSSES, value=LOSSES[0], label="Loss", elem_id="explorer-loss")
            temperature = gr.Slider(
                0.01, 1, value=0.1, step=0.01, label="Temperature", elem_id="explorer-temperature"
            )
        gallery = gr.Gallery(
            label="The batch",
            columns=8,
            height=230,
            object_fit="contain",
            allow_preview=False,
            buttons=[],
            elem_id="explorer-batch",
        )
        anchor = gr.State(0)
        formula = gr.Markdown(latex_delimiters=MATH, elem_id="explorer-formula")
        canvas = plot("explorer-bars")
        refused = notice("explorer-notice")
        origin = stamp("explorer-stamp")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    inputs = [loss, subject.model, anchor, temperature]
    shown = [formula, canvas, refused, origin]
    gr.on([panel.expand, loss.change], _opened, inputs, [gallery, *shown], **quiet)
    gallery.select(_picked, None, anchor, **quiet).then(_explored, inputs, shown, **quiet)
    temperature.change(_explored, inputs, shown, trigger_mode="always_last", **quiet)


def _picked(event: gr.SelectData) -> int:
    return int(event.index)


def _batch(loss: str, model: str) -> Any:
    from replearn.studies.loss_batch import caption_batch, view_batch

    return view_batch(model) if loss == LOSSES[0] else caption_batch(model)


def _opened(loss: str, model: str, anchor: int, temperature: float) -> tuple[Any, ...]:
    explored = _explored(loss, model, anchor, temperature)
    if explored[2]:
        return ([], *explored)
    batch = _batch(loss, model)
    return (list(zip(batch.pictures, batch.texts or batch.names, strict=True)), *explored)


def _explored(loss: str, model: str, anchor: int, temperature: float) -> tuple[Any, ...]:
    from replearn.studies.loss_explorer import anchor_loss, clip_formula, clip_shares, formula

    try:
        batch = _batch(loss, model)
        origin = {"text": str(batch.stamp)}
        if loss == LOSSES[0]:
            found = anchor_loss(batch.cosines, anchor, temperature)
            names = [name for i, name in enumerate(batch.names) if i != anchor]
            return formula(found, batch.names[anchor]), anchor_figure(found, names), None, origin
        shares, value = clip_shares(batch.cosines, temperature)
        figure = caption_figure(batch.cosines, shares, list(batch.names), list(batch.texts))
        said = clip_formula(value, len(shares), temperature, batch.temperature)
        return said, figure, None, origin
    except ReplearnError as error:
        return "", None, str(error), None
