"""Neighbours by the whole vector and by chosen heads, one row under the other."""

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.plotting.parts.bars import part_called, part_name
from replearn.plotting.parts.neighbours import neighbour_pictures
from replearn.studies.parts.cost import head_table_seconds
from replearn.studies.parts.head_neighbours import head_neighbours
from replearn.studies.parts.head_shape import head_shape
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import promises, to_page
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import LATEST, Turns

FIRST = 3  # heads, from the last layer
COLUMNS = 6


def neighbours_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("neighbours by heads", open=False, elem_id="head-neighbours") as panel:
        gr.Markdown(
            "The nearest pictures of a data set by the model's whole vector (first row), and by "
            "what single heads add to it, their mean over the data set taken away. A head that "
            "carries colour finds the same colour in another form. Rows that agree say that the "
            "head goes with the whole, not that it decides. Paper: "
            "[Gandelsman et al. 2024](https://arxiv.org/abs/2310.05916)"
        )
        heads = gr.Dropdown([], multiselect=True, label="Heads", elem_id="neighbour-heads")
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("find neighbours", size="sm", elem_id="find-head-neighbours")
            stop = stop_button("head-neighbours")
        refused = notice("head-neighbours-notice")
        with figure("head-neighbours"):
            pictures = gr.Gallery(
                label="By the whole vector, then by each head",
                columns=COLUMNS,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="neighbours-by-heads",
            )
            origin = stamp("head-neighbours-stamp")

    def offered_heads(model: str) -> Shown:
        try:
            layers, each = head_shape(model)
        except ReplearnError:  # the button says why
            return {heads: gr.Dropdown([], value=[])}
        names = [part_name((layer, head)) for layer in range(layers) for head in range(each)]
        return {heads: gr.Dropdown(names, value=names[-each:][:FIRST])}

    @refusing(refused)
    def near(
        picture: str | None,
        model: str,
        names: list[str],
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        if not names:
            head_shape(model)  # a model without heads says so
            raise InputError("Choose at least one head.")
        chosen = [part_called(name) for name in names]
        found = head_neighbours(picture, chosen, model, k=COLUMNS, progress=to_page(progress))
        return {pictures: neighbour_pictures(found), origin: {"text": str(found.stamp)}}

    turn = turns.panel("head-neighbours", "parts", panel)
    turn.change(offered_heads, subject.model, heads, **LATEST)
    drawn = draws(
        "head-neighbours",
        [button.click],
        near,
        [subject.picture, subject.model, heads],
        [pictures, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[pictures],
    )
    cancels(stop, "head-neighbours", drawn)
    promises(button, [turn.change], head_table_seconds, [subject.model], drawn)
