"""One unit's pictures, spread and tables; two such views can stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.enlarged import enlarged
from replearn.plotting.parts.unit_tables import (
    OVERLAP_COLUMNS,
    SELECTIVE_COLUMNS,
    WEIGHT_COLUMNS,
    ablation_line,
    overlap_rows,
    response_figure,
    selective_rows,
    weight_rows,
)
from replearn.results.unit import Unit
from replearn.ui.frame.components import inert, plot, stamp
from replearn.ui.frame.figure import Shown

_THREE, _FOUR = ["36%", "40%", "24%"], ["27%", "23%", "27%", "23%"]


@dataclass(frozen=True)
class UnitView:
    """The components that show one unit."""

    pictures: gr.Gallery
    spread: gr.HTML
    tells: gr.Dataframe
    covers: gr.Dataframe
    weighs: gr.Dataframe
    told: gr.Markdown
    origin: gr.HTML

    @property
    def components(self) -> list[Any]:
        """All of them."""
        return [
            self.pictures,
            self.spread,
            self.tells,
            self.covers,
            self.weighs,
            self.told,
            self.origin,
        ]

    def of(self, found: Unit) -> Shown:
        """Return what the components become; a table without rows isn't seen."""
        lines = [] if found.ablation is None else [ablation_line(found.ablation)]
        tables = {
            self.tells: selective_rows(found),
            self.covers: overlap_rows(found),
            self.weighs: weight_rows(found),
        }
        return {
            self.pictures: [
                (enlarged(one.picture), f"{group}: {one.response:.2g}")
                for group, some in found.pictures.items()
                for one in some
            ],
            self.spread: response_figure(found),
            self.told: "\n\n".join(inert(line) for line in (*lines, *found.notes)),
            self.origin: {"text": str(found.stamp)},
            **{
                table: gr.Dataframe(value=rows, visible=bool(rows))
                for table, rows in tables.items()
            },
        }


def unit_view(name: str) -> UnitView:
    """Build the components, whose ids begin with `name`."""
    pictures = gr.Gallery(
        label="Top, middle and low pictures",
        columns=6,
        height="auto",
        object_fit="contain",
        allow_preview=False,
        buttons=[],
        elem_id=f"{name}-pictures",
    )
    with gr.Row():
        with gr.Column(min_width=280):
            spread = plot(f"{name}-responses")
            weighs = _table(WEIGHT_COLUMNS, "Its weight for each class", f"{name}-weighs", _FOUR)
            told = gr.Markdown(elem_id=f"{name}-told")
        with gr.Column(min_width=280):
            tells = _table(SELECTIVE_COLUMNS, "What it tells apart", f"{name}-tells", _THREE)
            covers = _table(OVERLAP_COLUMNS, "What it covers", f"{name}-covers", _THREE)
    return UnitView(pictures, spread, tells, covers, weighs, told, stamp(f"{name}-stamp"))


def _table(columns: list[str], label: str, elem_id: str, widths: Sequence[str]) -> gr.Dataframe:
    return gr.Dataframe(
        headers=columns,
        interactive=False,
        wrap=True,
        label=label,
        column_widths=list(widths),
        elem_id=elem_id,
        visible=False,
    )
