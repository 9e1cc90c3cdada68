"""What is right without the unit, where that takes a pass over the data set."""

import gradio as gr

from replearn.plotting.parts.unit_tables import ablation_line
from replearn.studies.parts.cost import without_seconds
from replearn.studies.parts.units.unit_ablation import without_unit
from replearn.ui.frame.components import inert, notice
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.parts.unit_search import LAST, Place


def unit_without(place: Place) -> None:
    """Build the button and the sentence."""
    with gr.Row(elem_classes="rl-buttons"):
        button = gr.Button("answer without it", size="sm", elem_id="answer-without")
        stop = stop_button("unit-without")
    refused = notice("unit-without-notice")
    with figure("unit-without"):
        told = gr.Markdown(elem_id="unit-without")

    @refusing(refused)
    def without_it(
        model: str,
        wanted: str,
        number: float | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        asked = "" if wanted == LAST else wanted
        found = without_unit(model, asked, int(number or 0), progress=to_page(progress))
        return {told: f"{inert(ablation_line(found))}\n\n{inert(str(found.stamp))}"}

    drawn = draws(
        "unit-without",
        [button.click],
        without_it,
        [place.model, place.layer, place.index],
        [told, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[told],
    )
    cancels(stop, "unit-without", drawn)
    place.promises(button, without_seconds, drawn)
