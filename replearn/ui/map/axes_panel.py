"""PCA: how much variance each axis explains, and the pictures at its ends."""

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.map.figures import variance_figure
from replearn.results.map import PrincipalAxes
from replearn.studies.map.principal_axes import principal_axes
from replearn.ui.frame.components import plot, stamp
from replearn.ui.frame.figure import Shown, unchanged
from replearn.ui.frame.turns import LATEST, Turns
from replearn.ui.map.kept_maps import Drawn, KeptMap, gallery, kept_map
from replearn.ui.map.parts import NAME, MapParts

ENDS = 5  # pictures at each end of an axis


def axes_panel(turns: Turns, parts: MapParts) -> None:
    """Build the panel, folded."""
    with gr.Accordion(
        "PCA: variance, and the pictures at the ends of its axes", open=False, elem_id="pca-axes"
    ) as panel:
        canvas = plot("variance")
        gr.Markdown(
            f"A row for each component: {ENDS} pictures from its low end, {ENDS} from its high "
            "end.",
            elem_classes="rl-card",
        )
        ends = gr.Gallery(
            columns=2 * ENDS,
            object_fit="contain",
            allow_preview=False,
            elem_id="axis-ends",
            buttons=[],
            show_label=False,
            height=420,
        )
        origin = stamp("axes-stamp")

    def axes(drawn: Drawn | None) -> Shown:
        if drawn is None:
            return unchanged()
        kept = kept_map(drawn)
        try:
            found = principal_axes(kept.table, ends=ENDS)
        except ReplearnError as error:
            return {origin: {"text": str(error)}}
        rows = [
            int(row)
            for low, high in zip(found.low, found.high, strict=True)
            for row in (*low, *high[::-1])
        ]
        return {
            canvas: variance_figure(found),
            ends: gallery(kept, rows, _captions(found, kept, rows)),
            origin: {"text": str(found.stamp)},
        }

    turns.panel_alone("axes", NAME, panel, [parts.drawn.change]).change(
        axes, parts.drawn, [canvas, ends, origin], **LATEST
    )


def _captions(found: PrincipalAxes, kept: KeptMap, rows: list[int]) -> list[str]:
    """Return a caption for each picture; the first of an end says which axis, and which end."""
    names: list[str] = []
    for number in range(len(found.low)):
        first = f"PC{number + 1} {found.explained[number]:.0%}, low: "
        names += [
            first,
            *[""] * (found.low.shape[1] - 1),
            "high: ",
            *[""] * (found.high.shape[1] - 1),
        ]
    return [f"{name}{kept.table.captions[row]}" for name, row in zip(names, rows, strict=True)]
