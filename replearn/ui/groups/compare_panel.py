"""Did the gap close? Each other model on the same pictures, by the same groups."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.plotting.groups.figures import change_figure
from replearn.plotting.groups.rows import CHANGE_COLUMNS, change_rows
from replearn.plotting.groups.sentences import change_sentence
from replearn.results.groups.comparison import GroupComparison
from replearn.studies.groups.compare import both_compared
from replearn.ui.frame.components import inert, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.groups.asking import Wanted
from replearn.ui.groups.tables import table


def compare_panel(inputs: list[Any]) -> None:
    """Build the panel, folded.

    Args:
        inputs: the components whose values `Wanted` takes.
    """
    with gr.Accordion("Two models on the same groups", open=False, elem_id="groups-compare"):
        gr.Markdown(
            "Open: the model chosen above; full: the other one, on the same pictures, by the "
            "columns chosen above. Whether a group changed is tested picture by picture "
            "(McNemar), corrected for the number of groups (Holm). Who is worst and best is read "
            "from one half of the pictures and the gain measured on the other: on the same half "
            "the worst seems to gain by chance alone. A gap may also close because the best group "
            "fell: read the rows. Paper: "
            "[Sagawa et al. 2020](https://arxiv.org/abs/1911.08731)"
        )
        with gr.Row(elem_classes="rl-buttons"):
            run = gr.Button("compare", size="sm", variant="primary", elem_id="groups-compare-run")
        refused = notice("groups-compare-notice")
        with figure("groups-compare"):
            said = gr.Markdown(elem_id="groups-compare-said")
            canvas = plot("groups-compare-plot")
            rows = gr.Markdown(elem_id="groups-compare-rows", elem_classes="rl-numbers")
            origin = stamp("groups-compare-stamp")

    @refusing(refused)
    def groups_compared(*values: Any) -> Shown:
        wanted = Wanted(*values)
        first = wanted.known_of_one()
        others = [one for one in wanted.known() if one is not first]
        if not others:
            raise InputError("Choose a second model above (compare with), then press ask.")
        found = [
            both_compared(first, other, wanted.chosen(), largest=wanted.kept) for other in others
        ]
        return {
            said: "\n\n".join(_said(one) for one in found),
            canvas: change_figure(found[0]),
            rows: table(CHANGE_COLUMNS, change_rows(found[0])),
            origin: {"text": str(found[0].stamp)},
        }

    draws(
        "groups-compare",
        [run.click],
        groups_compared,
        inputs,
        [said, canvas, rows, origin, refused],
        refused,
        show_progress_on=[said],
    )


def _said(found: GroupComparison) -> str:
    first, second = map(inert, found.ways)
    return f"**{first}, then {second}**: {inert(change_sentence(found))}"
