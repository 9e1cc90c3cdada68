"""Shallow to deep: where invariance comes from, and whether the maps move with the picture."""

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.invariance.equivariance_figures import depth_figure, returned_figure
from replearn.plotting.invariance.level_figures import layer_figure
from replearn.plotting.model_styles import legend_value
from replearn.studies.invariance.equivariance import MOVES, equivariance
from replearn.studies.invariance.shipped_table import read_invariance
from replearn.ui.frame.components import legend, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, unchanged
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET, Turns

LIVE = 20  # pictures of shapes behind the layers of a network that doesn't ship measured
USUAL = "shapes-simclr"
ABOUT = (
    "Above: each layer's map averaged over the picture (*what* is there, not *where*), one number "
    "a layer, scaled between chance and 1. Below, for translation and rotation: the map itself, "
    "moved back by what the picture was moved and compared cell by cell with the clean one over "
    "the cells that both have. A map that moves along is **equivariant**; what is pooled from it "
    "can then be **invariant**. Where the lines dip, the shift is a part of the layer's step."
)


def layers_panel(turns: Turns, subject: Subject, factor: gr.Radio) -> None:
    """Build the panel, folded.

    Args:
        turns: the page's.
        subject: the models to choose from.
        factor: what is changed.
    """
    with gr.Accordion(
        "by layer, shallow to deep: invariance and equivariance",
        open=False,
        elem_id="invariance-layers",
    ) as panel:
        gr.Markdown(ABOUT, elem_classes="rl-card")
        marks = legend("layers-legend")
        by_layer = plot("layers-areas")
        network = gr.Dropdown(
            list(dict.fromkeys([USUAL, "shapes-untrained", *subject.models])),
            value=USUAL,
            label="Maps of",
            elem_id="layers-network",
        )
        refused, told = notice("layers-notice"), notice("layers-told")
        with figure("layers"):
            with gr.Row():
                with gr.Column(min_width=300):
                    returned = plot("layers-returned")
                with gr.Column(min_width=300):
                    depth = plot("layers-depth")
            origin = stamp("layers-stamp")

    def areas(factor: str) -> Shown:
        try:
            found = read_invariance()
        except ReplearnError:
            return unchanged()  # the table says it
        one = None if found is None else found.factors.get(factor)
        if one is None:
            return {marks: [], by_layer: {"traces": []}}
        with_layers = [c.model for c in one.embeddings if one.layers(c.model)]
        return {marks: legend_value(with_layers), by_layer: layer_figure(one)}

    @refusing(refused)
    def moved(
        factor: str,
        network: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        kind = factor if factor in MOVES else MOVES[0]
        said = f"{factor.capitalize()} can't be taken back on a map: here is {kind}."
        kept = read_invariance()
        found = None if kept is None else kept.moves.get((kind, network))
        if found is None:
            found = equivariance("shapes", kind, network, n=LIVE, progress=to_page(progress))
        return {
            told: None if kind == factor else said,
            returned: returned_figure(found),
            depth: depth_figure(found),
            origin: {"text": str(found.stamp)},
        }

    turn = turns.panel_alone("invariance-layers", "invariance", panel, [factor.input])
    turn.change(areas, factor, [marks, by_layer], **QUIET)
    draws(
        "layers",
        [turn.change, network.input],
        moved,
        [factor, network],
        [refused, told, returned, depth, origin],
        refused,
        concurrency_limit=1,
        show_progress_on=[returned],
    )
