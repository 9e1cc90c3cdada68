"""Words for the unit, predicted by an image-text model that looks at the same pictures."""

import gradio as gr

from replearn.plotting.parts.unit_tables import WORD_COLUMNS, word_table
from replearn.studies.parts.cost import words_seconds
from replearn.studies.parts.units.clip_dissect import unit_words
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.parts.unit_search import LAST, Place


def unit_words_panel(place: Place) -> None:
    """Build the button and the table."""
    with gr.Row(elem_classes="rl-buttons"):
        button = gr.Button("predict words for it", size="sm", elem_id="find-unit-words")
        stop = stop_button("unit-words")
    refused = notice("unit-words-notice")
    with figure("unit-words"):
        gr.Markdown(
            "Words whose likeness to the pictures, as an image-text model sees it, goes with the "
            "unit's responses (correlation). They are predictions, and only as good as that model: "
            "grey ones are no better than what the best word has when the pictures are shuffled. "
            "Paper: [Oikarinen and Weng 2023](https://arxiv.org/abs/2204.10965)"
        )
        table = gr.Dataframe(
            headers=WORD_COLUMNS,
            interactive=False,
            wrap=True,
            label="Predicted words",
            column_widths=["42%", "32%", "26%"],
            elem_id="unit-words",
            visible=False,
        )
        origin = stamp("unit-words-stamp")

    @refusing(refused)
    def predicted_words(
        model: str,
        wanted: str,
        number: float | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        asked = "" if wanted == LAST else wanted
        found = unit_words(model, asked, int(number or 0), progress=to_page(progress))
        text = f"shuffled pictures {found.shuffled:.2f} | {found.stamp}"
        return {
            table: gr.Dataframe(value=word_table(found), visible=True),
            origin: {"text": text},
        }

    drawn = draws(
        "unit-words",
        [button.click],
        predicted_words,
        [place.model, place.layer, place.index],
        [table, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[table],
    )
    cancels(stop, "unit-words", drawn)
    place.promises(button, words_seconds, drawn)
