"""Labels that a model suggests for an unlabelled folder, to be corrected and exported."""

from typing import Any

import gradio as gr

from replearn.core.settings import from_environment
from replearn.results.many_pictures import Prediction
from replearn.studies.many_pictures.evaluate import suggest_labels
from replearn.taking_home.asked import as_it_lies
from replearn.ui.frame.components import code_panel, notice
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.saving import save_predictions
from replearn.ui.frame.subject import Subject
from replearn.ui.many_pictures.asked import suggestions_entry

COLUMNS = ["id", "label", "confidence", "second", "second confidence"]


def suggestions_panel(subject: Subject, question: QuestionBox) -> None:
    """Build the panel, folded."""
    with gr.Accordion(
        "Suggest labels for an unlabelled folder",
        open=False,
        visible=from_environment().opens_folders,
    ):
        folder = gr.Textbox(
            label="folder:PATH on the computer that runs replearn",
            value="photos",
            max_lines=1,
            elem_id="suggest-data",
        )
        with gr.Row(elem_classes="rl-buttons"):
            suggest = gr.Button("suggest", size="sm", variant="primary", elem_id="suggest-run")
            stop = stop_button("suggestions")
        refused = notice("suggest-notice")
        with figure("suggestions"):
            table = gr.Dataframe(
                headers=COLUMNS,
                datatype=["str", "str", "number", "str", "number"],
                interactive=True,
                max_height=360,
                label="Correct the labels in the second column, then export",
                elem_id="suggestions",
            )
        export = gr.Button("export CSV", size="sm", elem_id="suggest-export")
        exported = gr.DownloadButton(visible="hidden", elem_id="suggest-saved")
        code = code_panel("suggest-code")

    @refusing(refused)
    def suggested(
        name: str,
        model: str,
        asked: Asked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        found = list(suggest_labels(name, asked.labels, model, to_page(progress)))
        entry = suggestions_entry(name, asked.labels, model, found)
        return {
            table: [_cells(row) for row in found],
            code: entry.code(as_it_lies),
            ASKED: entry,
        }

    running = draws(
        "suggestions",
        [suggest.click],
        suggested,
        [folder, subject.model, question.asked],
        [table, code, refused],
        refused,
        concurrency_limit=1,
        concurrency_id="long",
        show_progress_on=[table],
    )
    cancels(stop, "suggestions", running)
    export.click(_exported, table, exported, api_visibility="private").then(
        None, None, None, js="() => document.querySelector('#suggest-saved').click()"
    )


def _cells(row: Prediction) -> list[Any]:
    sure, second = round(row.confidence, 3), round(row.second_confidence, 3)
    return [row.id, row.prediction, sure, row.second, second]


def _exported(table: Any) -> str:
    rows = [
        Prediction(str(row[0]), None, str(row[1]), float(row[2]), str(row[3]), float(row[4]), i)
        for i, row in enumerate(table.itertuples(index=False))
        if str(row[0])
    ]
    return save_predictions(rows)
