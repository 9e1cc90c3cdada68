"""Six cue-conflict pictures, and what each network said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.data.base import Dataset
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

    def values(self, biases: Mapping[str, ShapeBias], data: Dataset | None = None) -> Shown:
        """Return what shows the first picture of each form.

        Args:
            biases: of networks that were asked about the same pictures.
            data: those pictures; left out, `shapes` in conflict.
        """
        found = conflict_pictures(biases, data)
        return {
            self.pictures: [(enlarged(one.picture, LEAST), conflict_caption(one)) for one in found],
            self.table: conflict_table(found),
        }


def conflict_view(name: str) -> ConflictView:
    """Build the view.

    Args:
        name: what its parts are called by.
    """
    pictures = gr.Gallery(
        label="The first picture of six forms",
        columns=SHOWN,
        height="auto",
        object_fit="contain",
        allow_preview=False,
        format="webp",
        buttons=[],
        elem_id=f"{name}-pictures",
    )
    table = gr.Markdown(elem_id=f"{name}-table", elem_classes="rl-numbers")
    return ConflictView(pictures, table)
