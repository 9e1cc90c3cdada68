"""What a lasso on the map selects: pictures, and a file of them."""

import csv
import io
from pathlib import Path

import gradio as gr

from replearn.ui.frame.figure import Shown
from replearn.ui.frame.saving import new_file, writes
from replearn.ui.map.answers import ASK
from replearn.ui.map.kept_maps import Drawn, KeptMap, gallery, kept_map
from replearn.ui.map.parts import MapParts

SHOWN = 48  # of a lasso


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
        export = gr.DownloadButton("save as CSV", size="sm", interactive=False, elem_id="lasso-csv")

    def lassoed(drawn: Drawn | None, event: gr.EventData) -> Shown:
        if drawn is None:
            return {said: ASK}
        kept, rows = kept_map(drawn), getattr(event, "rows", None) or []
        chosen = [row for row in rows if isinstance(row, int) and 0 <= row < len(kept.table)]
        if not chosen:
            nothing = "Nothing selected: draw a lasso around some points."
            none = gr.update(value=None, interactive=False)
            return {pictures: None, said: nothing, export: none}
        first = chosen[:SHOWN]
        more = f", {SHOWN} of them shown" if len(chosen) > SHOWN else ""
        return {
            pictures: gallery(kept, first, [kept.table.captions[row] for row in first]),
            said: f"{len(chosen):,} selected{more}",
            export: gr.update(value=str(_csv(kept, chosen)), interactive=True),
        }

    parts.canvas.lasso(
        lassoed,
        parts.drawn,
        [pictures, said, export],
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )


@writes()
def _csv(kept: KeptMap, rows: list[int]) -> Path:
    table, found = kept.table, kept.found
    at = {int(row): i for i, row in enumerate(found.rows)}
    text = io.StringIO()
    writer = csv.writer(text)
    axes = ["x", "y", "z"][: found.coordinates.shape[1]]
    writer.writerow(["id", "caption", "label", *axes, *table.columns])
    for row in rows:
        writer.writerow(
            [
                table.ids[row],
                table.captions[row],
                table.groups[row],
                *found.coordinates[at[row]].tolist(),
                *(texts[row] for texts in table.columns.values()),
            ]
        )
    target = new_file("selection.csv")
    target.write_text(text.getvalue(), encoding="utf-8", newline="")
    return target
