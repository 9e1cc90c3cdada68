"""Accuracy on a labelled folder: confusion, reliability, and the surest mistakes."""

from dataclasses import replace
from typing import Any

import gradio as gr

from replearn.core.settings import from_environment
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.telling import summary
from replearn.plotting.many_pictures.figures import confusion_figure, reliability_figure
from replearn.results.many_pictures import Evaluation
from replearn.studies.many_pictures.evaluate import evaluate
from replearn.taking_home.asked import as_it_lies
from replearn.ui.frame.components import code_panel, inert, notice, plot
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.saving import save_predictions
from replearn.ui.frame.subject import Subject
from replearn.ui.many_pictures.asked import accuracy_entry

MISTAKES = 12


def accuracy_panel(subject: Subject, question: QuestionBox) -> None:
    """Build the panel, folded."""
    opens = from_environment().opens_folders
    folder_too = ", or folder:PATH on the computer that runs replearn" if opens else ""
    with gr.Accordion("Accuracy on a labelled folder", open=False):
        folder = gr.Textbox(
            label=f"Data set: emoji, photos, shapes{folder_too}",
            value="photos",
            max_lines=1,
            elem_id="evaluate-data",
        )
        with gr.Row(elem_classes="rl-buttons"):
            run = gr.Button("evaluate", size="sm", variant="primary", elem_id="evaluate-run")
            stop = stop_button("evaluate")
        refused = notice("evaluate-notice")
        with figure("evaluate"):
            said = gr.Markdown(elem_id="evaluate-summary")
            with gr.Row():
                with gr.Column():
                    confusion = plot("confusion")
                with gr.Column():
                    reliable = plot("reliability")
            mistakes = gr.Gallery(
                label="Most confident mistakes",
                columns=6,
                height=220,
                allow_preview=False,
                buttons=[],
                elem_id="mistakes",
            )
        rows = gr.DownloadButton("every row as CSV", size="sm", elem_id="evaluate-csv")
        code = code_panel("evaluate-code")

    @refusing(refused)
    def evaluated(
        name: str,
        model: str,
        asked: Asked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        data = load_dataset(name)
        chosen = replace(asked.get(), labels=None, null_prompt=None)
        found = evaluate(data, model, chosen, to_page(progress))
        entry = accuracy_entry(name, chosen, found)
        return {
            said: _said(found),
            code: entry.code(as_it_lies),
            ASKED: entry,
            confusion: confusion_figure(found),
            reliable: reliability_figure(found),
            mistakes: _mistakes(found, data),
            rows: save_predictions(found.rows),
        }

    running = draws(
        "evaluate",
        [run.click],
        evaluated,
        [folder, subject.model, question.asked],
        [said, confusion, reliable, mistakes, rows, code, refused],
        refused,
        concurrency_limit=1,
        concurrency_id="long",
        show_progress_on=[said],
    )
    cancels(stop, "evaluate", running)


def _said(found: Evaluation) -> str:
    skipped = "".join(f"  \n{inert(line)}" for line in summary(found.unreadable))
    return (
        f"Accuracy **{found.accuracy}** over {len(found.labels):,} labels; expected calibration "
        f"error {found.reliability.ece:.2f}.{skipped}  \n`{found.stamp}`"
    )


def _mistakes(found: Evaluation, data: Dataset) -> list[tuple[Any, str]]:
    wrong = sorted((row for row in found.rows if not row.correct), key=lambda r: -r.confidence)
    return [
        (data[row.row].image, f"{row.prediction} {row.confidence:.2f}, is {row.label}")
        for row in wrong[:MISTAKES]
    ]
