"""The loss explorer: one batch, one anchor, one temperature, and all the numbers of the loss."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from replearn.encoders.registry import load_model
from replearn.plotting.training.batch_figures import anchor_figure, caption_figure
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, unchanged
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET, Turns

if TYPE_CHECKING:
    from replearn.studies.training.loss_batch import LossBatch

KNOWS_CAPTIONS = "shapes-clip"
LOSSES = ["NT-Xent: views with views", "CLIP: pictures with captions"]
MATH: list[dict[str, str | bool]] = [{"left": "$$", "right": "$$", "display": True}]


def loss_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel; nothing is computed before it is unfolded."""
    with gr.Accordion(
        "loss explorer: what does the temperature do?", open=False, elem_id="loss-explorer"
    ) as panel:
        gr.Markdown(
            "Eight pictures under the model chosen above; no training. Click a picture to "
            "make it the anchor and move the temperature: softmax sharpens, and the gradient moves "
            "to the few most alike. The blue bar is the anchor's true partner."
        )
        with gr.Row():
            loss = gr.Radio(LOSSES, value=LOSSES[0], label="Loss", elem_id="explorer-loss")
            temperature = gr.Slider(
                0.01, 1, value=0.1, step=0.01, label="Temperature", elem_id="explorer-temperature"
            )
        refused = notice("explorer-notice")
        anchor, batch = gr.State(0), gr.State(None)
        with figure("explorer"):
            gallery = gr.Gallery(
                label="The batch",
                columns=8,
                height=230,
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="explorer-batch",
            )
            formula = gr.Markdown(latex_delimiters=MATH, elem_id="explorer-formula")
            canvas = plot("explorer-bars")
            origin = stamp("explorer-stamp")

    @refusing(refused)
    def batch_opened(chosen: str, model: str, at: int, sharpness: float) -> Shown:
        found, said = _batch(chosen, model)
        shown = explored(chosen, at, sharpness, found)
        if said:
            shown[origin] = {"text": f"{said} {shown[origin]['text']}"}
        pictures = list(zip(found.pictures, found.texts or found.names, strict=True))
        return {**shown, gallery: pictures, batch: found}

    def explored(chosen: str, at: int, sharpness: float, kept: "LossBatch | None") -> Shown:
        if kept is None:
            return unchanged()
        said, drawing = (
            _views(kept, at, sharpness) if chosen == LOSSES[0] else _captions(kept, sharpness)
        )
        return {
            formula: said,
            canvas: drawing,
            origin: {"text": str(kept.stamp)},
            refused: None,
        }

    inputs = [loss, subject.model, anchor, temperature]
    shown = [formula, canvas, origin, refused]
    draws(
        "explorer",
        [turns.panel("loss-explorer", "training", panel).change, loss.input],
        batch_opened,
        inputs,
        [gallery, batch, *shown],
        refused,
        show_progress="minimal",
        show_progress_on=[canvas],
    )
    gallery.select(_picked, None, anchor, **QUIET)
    draws(
        "explorer",
        [anchor.change, temperature.input],
        explored,
        [loss, anchor, temperature],
        shown,
        refused,
        also=[batch],
        show_progress="hidden",
    )


def _picked(event: gr.SelectData) -> int:
    return int(event.index)


def _batch(loss: str, model: str) -> "tuple[LossBatch, str | None]":
    """Return a batch under the model; pictures of shapes with captions under one that knows them.

    What can't read captions is said, and the model that stands in for it.
    """
    from replearn.studies.training.loss_batch import caption_batch, view_batch

    if loss == LOSSES[0]:
        return view_batch(model), None
    if model.startswith("shapes-") and "text" in load_model(model).card.capabilities:
        return caption_batch(model), None
    return caption_batch(KNOWS_CAPTIONS), (
        f"{model} never read captions of rendered scenes; these are {KNOWS_CAPTIONS}'s."
    )


def _views(batch: "LossBatch", anchor: int, temperature: float) -> tuple[str, dict[str, Any]]:
    """Return formula and figure of NT-Xent for one anchor."""
    from replearn.studies.training.loss_explorer import anchor_loss, formula

    found = anchor_loss(batch.cosines, anchor, temperature)
    names = [name for i, name in enumerate(batch.names) if i != anchor]
    return formula(found, batch.names[anchor]), anchor_figure(found, names)


def _captions(batch: "LossBatch", temperature: float) -> tuple[str, dict[str, Any]]:
    """Return formula and figure of CLIP's loss over the batch."""
    from replearn.studies.training.loss_explorer import clip_formula, clip_shares

    shares, value = clip_shares(batch.cosines, temperature)
    drawing = caption_figure(batch.cosines, shares, list(batch.names), list(batch.texts))
    return clip_formula(value, len(shares), temperature, batch.temperature), drawing
