"""Blind spots nobody labelled: clusters of mistakes, checked on other pictures, in words."""

from typing import Any

import gradio as gr

from replearn.plotting.groups.rows import SLICE_COLUMNS, slice_rows
from replearn.results.groups.slices import Slices
from replearn.studies.answering.samples import samples_of
from replearn.studies.groups.answers import Answers
from replearn.studies.groups.slices import sliced
from replearn.ui.frame.components import inert, notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.groups.asking import Wanted
from replearn.ui.groups.tables import table


def slices_panel(inputs: list[Any]) -> None:
    """Build the panel, folded.

    Args:
        inputs: the components whose values `Wanted` takes.
    """
    with gr.Accordion("Blind spots nobody labelled", open=False, elem_id="slices"):
        gr.Markdown(
            "No column is needed: one half of the pictures is clustered by their vectors, less the "
            "mean of their class, and by whether they were got wrong; the worst clusters are "
            "tested on the other half, whose pictures join them by their vectors alone. Below "
            "stand each one's most typical pictures of that half. The words are those of an "
            "image-text model, nearest to where the cluster differs from other pictures of its "
            "classes: a hint where to look, not a cause, and only as good as that model. What it "
            "can't see, it can't find. Paper: "
            "[Eyuboglu et al. 2022 (Domino)](https://arxiv.org/abs/2203.14960)"
        )
        with gr.Row(elem_classes="rl-buttons"):
            run = gr.Button(
                "look for blind spots (pictures are encoded first)",
                size="sm",
                variant="primary",
                elem_id="slices-run",
            )
            stop = stop_button("slices")
        refused = notice("slices-notice")
        with figure("slices"):
            said = gr.Markdown(elem_id="slices-said")
            rows = gr.Markdown(elem_id="slices-rows", elem_classes="rl-numbers")
            pictures = gr.Gallery(
                label="Typical pictures of each slice",
                columns=6,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="slices-pictures",
            )
            origin = stamp("slices-stamp")

    @refusing(refused)
    def slices_found(
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Shown:
        answers = Wanted(*values).known_of_one()
        found = sliced(answers, progress=to_page(progress))
        return {
            said: _said(found),
            rows: table(SLICE_COLUMNS, slice_rows(found)),
            pictures: _pictures(answers, found),
            origin: {"text": str(found.stamp)},
        }

    running = draws(
        "slices",
        [run.click],
        slices_found,
        inputs,
        [said, rows, pictures, origin, refused],
        refused,
        concurrency_limit=1,
        concurrency_id="long",
        show_progress_on=[said],
    )
    cancels(stop, "slices", running)


def _said(found: Slices) -> str:
    holding = sum(one.holds for one in found.rows)
    return (
        f"**{inert(found.stamp.model)}**: {inert(str(found.overall))} of all pictures; "
        f"{holding} of the {len(found.rows)} worst slices hold on the other half."
    )


def _pictures(answers: Answers, found: Slices) -> list[tuple[Any, str]]:
    data, shown = answers.dataset(), []
    for one in found.rows:
        places = zip(samples_of(data, list(one.shown)), one.wrong, strict=True)
        shown += [
            (sample.image, f"slice {one.number}, {'wrong' if wrong else 'right'}")
            for sample, wrong in places
        ]
    return shown
