"""Where a shift is seen: the table, its findings, and a plot of one row."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.generalisation.shift_figures import shift_figure
from replearn.results.shift import ShiftTable
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, figure
from replearn.ui.generalisation.shift_table_view import (
    accuracy_table,
    findings_list,
    robustness_table,
)


@dataclass(frozen=True)
class ShiftViewer:
    """The components.

    Attributes:
        about: a line about the table.
        table: accuracies.
        origin: the stamp.
        judged: what the table shows.
        row: the shift in the plot.
        canvas: the plot.
        heights: each model's effective robustness.
        refused: why there is no table.
        kept: the `ShiftTable`, or None.
        rows: of the user's own, name to data set; empty for what ships.
    """

    about: gr.Markdown
    table: gr.Markdown
    origin: gr.HTML
    judged: gr.Markdown
    row: gr.Dropdown
    canvas: gr.HTML
    heights: gr.Markdown
    refused: gr.HTML
    kept: gr.State
    rows: gr.State

    @property
    def outputs(self) -> list[Any]:
        """All components."""
        return list(vars(self).values())

    def shown(self, found: ShiftTable, about: str, rows: dict[str, str]) -> Shown:
        """Return what the components show of a table."""
        return {
            self.about: about,
            self.table: accuracy_table(found),
            self.origin: {"text": f"chance {found.chance:.2f} | {found.stamp}"},
            self.judged: findings_list(found),
            self.row: gr.Dropdown(list(found.rows[1:]), value=found.rows[1]),
            self.canvas: shift_figure(found, found.rows[1]),
            self.heights: robustness_table(found),
            self.refused: None,
            self.kept: found,
            self.rows: rows,
        }


def shift_viewer(about: gr.Markdown) -> ShiftViewer:
    """Build the components below the line about the table."""
    with figure("drift"):
        table = gr.Markdown(elem_id="drift-table", elem_classes="rl-numbers")
        origin = stamp("drift-stamp")
        judged = gr.Markdown(elem_id="drift-findings")
        row = gr.Dropdown([], label="Shift in the plot", elem_id="drift-row")
        canvas = plot("drift-plot")
        heights = gr.Markdown(elem_id="drift-above", elem_classes="rl-numbers")
    refused = notice("drift-notice")
    kept, rows = gr.State(None), gr.State({})
    return ShiftViewer(about, table, origin, judged, row, canvas, heights, refused, kept, rows)
