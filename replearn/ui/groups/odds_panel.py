"""One class by group: equal opportunity and equalised odds."""

from typing import Any

import gradio as gr

from replearn.plotting.groups.rows import ODDS_COLUMNS, odds_rows
from replearn.plotting.groups.sentences import odds_sentence
from replearn.studies.groups.columns import BINS
from replearn.studies.groups.groups import asked_groupings
from replearn.studies.groups.odds import odds_of
from replearn.ui.frame.components import inert, notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.groups.asking import Wanted
from replearn.ui.groups.tables import table


def odds_panel(inputs: list[Any]) -> None:
    """Build the panel, folded.

    Args:
        inputs: the components whose values `Wanted` takes.
    """
    with gr.Accordion("One class: is it recognised alike?", open=False, elem_id="groups-odds"):
        gr.Markdown(
            "**True positive rate**: of a group's pictures of the class, how many are called so; "
            "alike in all groups is equal opportunity. **False positive rate**: of the others, how "
            "many are called so all the same; both alike is equalised odds. **Called so**: of all. "
            "Groups with fewer than 20 pictures of the class, or of the others, are left out. The "
            "measures can't all be alike at once where groups differ in how many are of the class "
            "([Kleinberg et al. 2017](https://arxiv.org/abs/1609.05807)). Paper: "
            "[Hardt et al. 2016](https://arxiv.org/abs/1610.02413)"
        )
        name = gr.Textbox("cube", label="Class", max_lines=1, elem_id="groups-class")
        with gr.Row(elem_classes="rl-buttons"):
            run = gr.Button("show", size="sm", variant="primary", elem_id="groups-odds-run")
        refused = notice("groups-odds-notice")
        with figure("groups-odds"):
            said = gr.Markdown(elem_id="groups-odds-said")
            rows = gr.Markdown(elem_id="groups-odds-rows", elem_classes="rl-numbers")
            origin = stamp("groups-odds-stamp")

    @refusing(refused)
    def group_odds(asked_class: str, *values: Any) -> Shown:
        wanted = Wanted(*values)
        answers = wanted.known_of_one()
        grouping = asked_groupings(answers, wanted.chosen(), BINS, wanted.kept)[-1]
        found = odds_of(answers, grouping, asked_class)
        return {
            said: inert(odds_sentence(found)),
            rows: table(ODDS_COLUMNS, odds_rows(found)),
            origin: {"text": str(answers.stamp)},
        }

    draws(
        "groups-odds",
        [run.click],
        group_odds,
        [name, *inputs],
        [said, rows, origin, refused],
        refused,
        show_progress_on=[said],
    )
