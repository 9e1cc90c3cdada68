"""Six cue-conflict pictures, and what each network said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.enlarged import enlarged
from replearn.plotting.shape.conflict_table import conflict_caption, conflict_table
from replearn.results.shape import ShapeBias
from replearn.studies.shape.conflict_pictures import SHOWN, conflict_pictures
from replearn.ui.frame.figure import Shown

LEAST = 160  # pixels a side of what is shown


@dataclass(frozen=True)
class ConflictView:
    """The components."""

    pictures: gr.Gallery
    table: gr.Markdown

    @property
    def outputs(self) -> list[Any]:
        """All of them."""
        return [self.pictures, self.table]

    def values(self, biases: Mapping[str, ShapeBias]) -> Shown:
        """Return what shows the first picture of each form."""
        found = conflict_pictures(biases)
        return {
            self.pictures: [(enlarged(one.picture, LEAST), conflict_caption(one)) for one in found],
            self.table: conflict_table(found),
        }


def conflict_view() -> ConflictView:
    """Build the view."""
    gr.Markdown(
        "**When form and texture disagree**: a solid in the texture of another. In `shapes` a "
        "texture says nothing about the solid, so that its networks learn forms; only "
        "`shapes-texture-tied` saw each solid in a texture of its own. In photographs fur and skin "
        "do tell animals apart, and networks of ImageNet go by texture: ask one about such "
        "pictures of yours below."
    )
    pictures = gr.Gallery(
        label="The first picture of six forms",
        columns=SHOWN,
        height="auto",
        object_fit="contain",
        allow_preview=False,
        format="webp",
        buttons=[],
        elem_id="conflict-pictures",
    )
    table = gr.Markdown(elem_id="conflict-table", elem_classes="rl-numbers")
    return ConflictView(pictures, table)
