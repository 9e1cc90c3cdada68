"""What a lasso on the map selects: pictures, and a file of them."""

from typing import Any

import gradio as gr

from replearn.ui import map_answers
from replearn.ui.map_kept import Drawn
from replearn.ui.map_parts import MapParts


def map_lasso(parts: MapParts) -> None:
    """Build the panel: the selected pictures, how many they are, and a CSV of them."""
    with gr.Accordion("selection (draw a lasso on the map)", open=False, elem_id="selection"):
        said = gr.Markdown("Nothing selected yet: choose the lasso above the map.")
        pictures = gr.Gallery(
            columns=8,
            height=260,
            object_fit="contain",
            allow_preview=False,
            elem_id="lassoed",
            buttons=[],
            show_label=False,
        )
        export = gr.DownloadButton("save as CSV", size="sm", elem_id="lasso-csv")

    def _selected(drawn: Drawn | None, event: gr.EventData) -> tuple[Any, ...]:
        return map_answers.lassoed(drawn, getattr(event, "rows", None) or [])

    parts.canvas.lasso(
        _selected,
        parts.drawn,
        [pictures, said, export],
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )
