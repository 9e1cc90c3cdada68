"""Where a made picture is seen: the picture, who else sees it, and those that ship."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.dreams.tables import JUDGE_COLUMNS, dream_line, judge_rows
from replearn.plotting.enlarged import enlarged
from replearn.results.dreams import Dream
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, figure

LEAST = 224  # pixels a side of what is shown large
NOTHING_SHIPS = "No pictures ship for this model; type a class or a text, and draw."


@dataclass(frozen=True)
class DreamViewer:
    """The components of the right two thirds, and what was drawn last."""

    shown: gr.Gallery
    line: gr.Markdown
    judges: gr.Dataframe
    origin: gr.HTML
    kept: gr.State
    finished: gr.State  # the last one that no step will change
    unasked: gr.HTML  # why the model that is compared with isn't among the judges

    @property
    def outputs(self) -> list[Any]:
        """All of them."""
        pictured = [self.shown, self.line, self.judges, self.origin]
        return [*pictured, self.kept, self.finished, self.unasked]

    def values(self, found: Dream | None) -> Shown:
        """Return what shows a picture; nothing where there is none."""
        if found is None:
            return {
                self.shown: None,
                self.line: NOTHING_SHIPS,
                self.judges: gr.Dataframe(visible=False),
                self.origin: None,
                self.kept: None,
                self.finished: None,
                self.unasked: None,
            }
        done = {self.finished: found} if found.done == found.total else {}
        return {
            **done,
            self.shown: [enlarged(one, LEAST) for one in found.images],
            self.line: f"{dream_line(found)}.",
            self.judges: gr.Dataframe(judge_rows(found), visible=bool(found.judges)),
            self.origin: {"text": str(found.stamp)},
            self.kept: found,
            self.unasked: None,
        }


def dream_viewer() -> DreamViewer:
    """Build the viewer."""
    with figure("dream"):
        with gr.Row():
            with gr.Column(min_width=240):
                shown = gr.Gallery(
                    label="What it would like to see",
                    columns=2,
                    height="auto",
                    object_fit="contain",
                    allow_preview=False,
                    format="webp",
                    buttons=[],
                    elem_id="dream",
                )
            with gr.Column(min_width=240):
                line = gr.Markdown(elem_id="dream-line")
                origin = stamp("dream-stamp")
        judges = gr.Dataframe(
            headers=JUDGE_COLUMNS,
            interactive=False,
            wrap=True,
            column_widths=["40%", "17%", "15%", "28%"],
            max_height=720,
            label="Who sees it?",
            elem_id="dream-judges",
        )
    unasked = notice("dream-compared-notice")
    return DreamViewer(shown, line, judges, origin, gr.State(None), gr.State(None), unasked)


def shipped_pictures() -> gr.Gallery:
    """Build the gallery of what ships."""
    with figure("dream-gallery"):
        return gr.Gallery(
            label="Class pictures that ship for this model",
            columns=8,
            height="auto",
            object_fit="contain",
            allow_preview=False,
            format="webp",
            buttons=[],
            elem_id="shipped-dreams",
        )
