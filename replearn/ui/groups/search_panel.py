"""Where does it fail, without being told? All columns and pairs of columns."""

from typing import Any

import gradio as gr

from replearn.plotting.groups.rows import (
    SUSPECT_COLUMNS,
    TELLING_COLUMNS,
    suspect_rows,
    telling_rows,
)
from replearn.results.groups.search import GroupSearch
from replearn.studies.groups.search import searched
from replearn.ui.frame.components import inert, notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.groups.asking import Wanted
from replearn.ui.groups.tables import table


def search_panel(inputs: list[Any]) -> None:
    """Build the panel, folded.

    Args:
        inputs: the components whose values `Wanted` takes.
    """
    with gr.Accordion(
        "Where does it fail, without being told?", open=False, elem_id="groups-search"
    ):
        gr.Markdown(
            "Every column and every pair of columns is tried. **They explain** is the share of "
            "the variance of right and wrong that the groups tell, less what chance would tell "
            "(epsilon squared). Among hundreds of groups some look bad by chance: the worst are "
            "named on one random half of the pictures and tested on the other, corrected for "
            "their number (Holm). A group that doesn't hold was bad luck; one that holds is "
            "where to look next, and not yet a cause."
        )
        with gr.Row(elem_classes="rl-buttons"):
            search = gr.Button("search", size="sm", variant="primary", elem_id="groups-search-run")
        refused = notice("groups-search-notice")
        with figure("groups-search"):
            found_text = gr.Markdown(elem_id="groups-search-said")
            telling = gr.Markdown(elem_id="groups-telling", elem_classes="rl-numbers")
            suspects = gr.Markdown(elem_id="groups-suspects", elem_classes="rl-numbers")
            origin = stamp("groups-search-stamp")

    @refusing(refused)
    def groups_searched(*values: Any) -> Shown:
        wanted = Wanted(*values)
        found = searched(wanted.known_of_one())
        return {
            found_text: _said(found),
            telling: table(TELLING_COLUMNS, telling_rows(found)),
            suspects: table(SUSPECT_COLUMNS, suspect_rows(found)),
            origin: {"text": str(found.stamp)},
        }

    draws(
        "groups-search",
        [search.click],
        groups_searched,
        inputs,
        [found_text, telling, suspects, origin, refused],
        refused,
        show_progress_on=[found_text],
    )


def _said(found: GroupSearch) -> str:
    holding = sum(one.holds for one in found.suspects)
    best = found.telling[0]
    return (
        f"**{inert(found.stamp.model)}**: of {found.tried:,} groups by {len(found.telling)} "
        f"columns and pairs, {holding} of the {len(found.suspects)} worst hold. What tells most is "
        f"{inert(' x '.join(best.by))} ({best.explained:.2f} of the variance)."
    )
