"""Shallow to deep: where invariance comes from, and whether the maps move with the picture."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.invariance_results import Equivariance
from replearn.plotting.equivariance_figures import depth_figure, returned_figure
from replearn.plotting.invariance_figures import layer_figure
from replearn.plotting.model_styles import legend_value
from replearn.studies.equivariance import MOVES, equivariance
from replearn.studies.invariance_shipped import read_invariance
from replearn.ui.components import legend, notice, plot, stamp
from replearn.ui.progress import to_page
from replearn.ui.subject import Subject

LIVE = 20  # pictures of shapes behind the layers of a network that doesn't ship measured
USUAL = "shapes-simclr"
ABOUT = (
    "Above: each layer's map averaged over the picture (*what* is there, not *where*), one number "
    "a layer, scaled between chance and 1. Below, for translation and rotation: the map itself, "
    "moved back by what the picture was moved and compared cell by cell with the clean one over "
    "the cells that both have. A map that moves along is **equivariant**; what is pooled from it "
    "can then be **invariant**. Where the lines dip, the shift is a part of the layer's step."
)


def layers_panel(subject: Subject, factor: gr.Radio) -> None:
    """Build the panel, folded.

    Args:
        subject: the models to choose from.
        factor: what is changed.
    """
    names = [str(name) for _, name in subject.model.choices]
    with gr.Accordion(
        "by layer, shallow to deep: invariance and equivariance",
        open=False,
        elem_id="invariance-layers",
    ) as panel:
        gr.Markdown(ABOUT, elem_classes="rl-card")
        marks = legend("layers-legend")
        by_layer = plot("layers-areas")
        network = gr.Dropdown(
            list(dict.fromkeys([USUAL, "shapes-untrained", *names])),
            value=USUAL,
            label="Maps of",
            elem_id="layers-network",
        )
        refused = notice("layers-notice")
        with gr.Row():
            with gr.Column(min_width=300):
                returned = plot("layers-returned")
            with gr.Column(min_width=300):
                depth = plot("layers-depth")
        origin = stamp("layers-stamp")
    gr.on(
        [panel.expand, factor.change],
        _areas,
        factor,
        [marks, by_layer],
        api_visibility="private",
        show_progress="hidden",
    )
    gr.on(
        [panel.expand, factor.change, network.change],
        _moved,
        [factor, network],
        [refused, returned, depth, origin],
        trigger_mode="always_last",
        concurrency_limit=1,
        api_visibility="private",
        show_progress_on=[returned],
    )


def _areas(factor: str) -> tuple[Any, ...]:
    try:
        found = read_invariance()
    except ReplearnError:
        return gr.skip(), gr.skip()  # the table says it
    one = None if found is None else found.factors.get(factor)
    if one is None:
        return [], {"traces": []}
    with_layers = [c.model for c in one.embeddings if one.layers(c.model)]
    return legend_value(with_layers), layer_figure(one)


def _moved(
    factor: str,
    network: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    kind = factor if factor in MOVES else MOVES[0]
    said = (
        None
        if factor in MOVES
        else f"{factor.capitalize()} can't be taken back on a map: here is {kind}."
    )
    try:
        kept = read_invariance()
        found = None if kept is None else kept.moves.get((kind, network))
        if found is None:
            found = equivariance("shapes", kind, network, n=LIVE, progress=to_page(progress))
    except ReplearnError as error:
        return str(error), {"traces": []}, {"traces": []}, None
    return said, returned_figure(found), depth_figure(found), {"text": _said(found)}


def _said(found: Equivariance) -> str:
    return str(found.stamp)
