"""Which helps help? By a network that had no part in making the pictures."""

import gradio as gr

from replearn.plotting.dreams.tables import HELP_COLUMNS, help_rows, unit_line
from replearn.studies.dreams.help_trials import shipped_help_trials
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import Turns

NOT_MEASURED = "This was measured for imagenet alone: no other model here has a judge of its kind."


def helps_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("which helps help?", open=False, elem_id="helps") as panel:
        gr.Markdown(
            "Classes drawn at random, drawn in several ways; the judge is another network trained "
            "on the same photographs. The network that draws is sure each time; what the judge "
            "says is how far that carries. It may share habits with the first, so that its word "
            "is worth less than a person's."
        )
        refused = notice("helps-notice")
        with figure("helps"):
            table = gr.Dataframe(
                headers=HELP_COLUMNS,
                interactive=False,
                wrap=True,
                label="Class pictures recognised",
                elem_id="help-trials",
            )
            line = gr.Markdown(elem_id="helps-line")
            origin = stamp("helps-stamp")

    @refusing(refused)
    def helped(model: str) -> Shown:
        found = shipped_help_trials(model)
        if found is None:
            return {table: gr.Dataframe(visible=False), line: NOT_MEASURED, origin: None}
        told = f"{found.model}, judged by {found.judge} | {found.steps} steps | seed {found.seed}"
        return {
            table: gr.Dataframe(help_rows(found), visible=True),
            line: unit_line(found),
            origin: {"text": told},
        }

    draws(
        "helps",
        [turns.panel("helps", "dreams", panel).change],
        helped,
        [subject.model],
        [table, line, origin, refused],
        refused,
        show_progress="hidden",
    )
