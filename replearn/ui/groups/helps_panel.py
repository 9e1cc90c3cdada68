"""What helps the worst group? Before and after, with what it costs."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.data.labels import parse_templates
from replearn.data.shapes.scenes import LEVELS
from replearn.plotting.groups.figures import change_figure
from replearn.plotting.groups.rows import CHANGE_COLUMNS, change_rows
from replearn.plotting.groups.sentences import change_sentence
from replearn.studies.groups.answers import LABEL
from replearn.studies.groups.mitigate import helped
from replearn.ui.frame.components import inert, notice, plot, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.subject import LinkedData
from replearn.ui.frame.turns import QUIET
from replearn.ui.groups.asking import Wanted
from replearn.ui.groups.tables import table

HOW = [
    ("a probe with balanced groups", "balanced-probe"),
    ("reworded prompts", "prompts"),
    ("heads taken away", "heads"),
    ("a threshold for each group", "thresholds"),
]


def helps_panel(inputs: list[Any], to_train: gr.State) -> None:
    """Build the panel, folded.

    Args:
        inputs: the components whose values `Wanted` takes.
        to_train: gets the pictures that the lab is to draw evenly.
    """
    with gr.Accordion("What helps?", open=False, elem_id="groups-helps"):
        gr.Markdown(
            "Each help is fitted on one random half of the pictures and measured on the other, by "
            "the columns chosen above. **A balanced probe** refits the last layer with every group "
            "of every class given the same weight "
            "([Kirichenko et al. 2023](https://arxiv.org/abs/2204.02937)), beside a probe without: "
            "if it helps, the model knew and didn't use it. **Reworded prompts** are for models "
            "that read text. **Heads taken away** are those of a transformer that tell the groups "
            "more than the classes ([Gandelsman et al. 2024](https://arxiv.org/abs/2310.05916)). "
            "**A threshold for each group** makes one class be recognised as often in all "
            "([Hardt et al. 2016](https://arxiv.org/abs/1610.02413)); the rows are true positive "
            "rates, and one must know everybody's group to use it. All four work on what the model "
            "has seen already. **More pictures of the group**: the lab trains a small network from "
            "scratch on the same data set, where every group of every class is drawn as often "
            "([Idrissi et al. 2022](https://arxiv.org/abs/2110.14503)); come back with both runs "
            "and compare."
        )
        how = gr.Radio(HOW, value=HOW[0][1], label="Help", elem_id="groups-help")
        with gr.Row():
            templates = gr.Textbox(
                "a rendering of a {}.\na blurry picture of a {}.",
                label="Other templates, one a line (for reworded prompts)",
                lines=2,
                elem_id="groups-templates",
            )
            positive = gr.Textbox(
                "cube", label="Class (for thresholds)", max_lines=1, elem_id="groups-positive"
            )
        with gr.Row(elem_classes="rl-buttons"):
            run = gr.Button(
                "try it (pictures are encoded first)",
                size="sm",
                variant="primary",
                elem_id="groups-help-run",
            )
            stop = stop_button("groups-helps")
            train = gr.Button("train with even groups", size="sm", elem_id="groups-train")
        refused = notice("groups-helps-notice")
        with figure("groups-helps"):
            said = gr.Markdown(elem_id="groups-help-said")
            canvas = plot("groups-help-plot")
            rows = gr.Markdown(elem_id="groups-help-rows", elem_classes="rl-numbers")
            origin = stamp("groups-help-stamp")

    @refusing(refused)
    def group_helped(
        chosen: str,
        worded: str,
        asked_class: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Shown:
        wanted = Wanted(*values)
        found = helped(
            wanted.known_of_one(),
            wanted.chosen(),
            chosen,
            positive=asked_class,
            templates=parse_templates(worded),
            largest=wanted.kept,
            progress=to_page(progress),
        )
        return {
            said: f"{inert(change_sentence(found))} {inert(found.note)}",
            canvas: change_figure(found),
            rows: table(CHANGE_COLUMNS, change_rows(found)),
            origin: {"text": str(found.stamp)},
        }

    running = draws(
        "groups-helps",
        [run.click],
        group_helped,
        [how, templates, positive, *inputs],
        [said, canvas, rows, origin, refused],
        refused,
        concurrency_limit=1,
        concurrency_id="long",
        show_progress_on=[said],
    )
    cancels(stop, "groups-helps", running)

    @refusing(refused)
    def evened(*values: Any) -> Shown:
        return {to_train: to_even(Wanted(*values))}

    train.click(evened, inputs, [to_train, refused], **QUIET)


def to_even(wanted: Wanted) -> LinkedData:
    """Return which pictures the lab is to draw evenly, and by what.

    Raises:
        InputError: they are even already.
    """
    if wanted.dataset in LEVELS:
        raise InputError(
            f"{wanted.dataset} is rendered with every factor evenly already; choose pictures of "
            "which some groups have few."
        )
    column = next((name for name in wanted.chosen() if name != LABEL), None)
    if column is None:
        raise InputError("The classes alone aren't groups within a class; choose another column.")
    return LinkedData(wanted.dataset, column)
