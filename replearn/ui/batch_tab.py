"""Many pictures: the matrix of cosines, accuracy on a folder, labels for an unlabelled one."""

import tempfile
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.results import Evaluation, Prediction
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.labels import parse_labels, parse_templates
from replearn.plotting.figures import confusion_figure, matrix_figure, reliability_figure
from replearn.studies.evaluate import LabelOptions, evaluate, suggest_labels, to_csv
from replearn.studies.zero_shot import cosine_matrix
from replearn.ui.components import described, notice, plot, stamp
from replearn.ui.progress import to_page
from replearn.ui.subject import Subject
from replearn.ui.zero_shot_tab import Question

MOST_PICTURES = 30
COLUMNS = ["id", "label", "confidence", "second", "second confidence"]
MISTAKES = 12


def batch_tab(subject: Subject, question: Question) -> None:
    """Build the tab; labels and templates are those of the zero-shot tab."""
    described(
        "**Does it hold for many pictures?** Labels and templates are those of the zero-shot tab.",
        "The matrix is CLIP's own figure: pictures down, sentences across, the cosine in each "
        "cell. Accuracy carries its 95 % interval; the reliability diagram asks whether answers "
        "given with 80 % confidence are right 80 % of the time.",
        "The accuracy is that of these labels on these pictures. Zero-shot confidence is usually "
        "badly calibrated, and a model may have seen your pictures in training.",
        ("Guo et al. 2017 (calibration)", "https://arxiv.org/abs/1706.04599"),
    )
    with gr.Accordion("Several pictures against several labels", open=True):
        files = gr.File(
            label=f"Pictures (at most {MOST_PICTURES}); empty: the examples",
            file_count="multiple",
            file_types=["image"],
            height=120,
            elem_id="files",
        )
        compare = gr.Button("compare (about 1 s)", size="sm", elem_id="matrix-run")
        matrix_refused = notice("matrix-notice")
        matrix = plot("matrix")
        matrix_stamp = stamp("matrix-stamp")
    with gr.Accordion("Accuracy on a labelled folder", open=False):
        folder = gr.Textbox(
            label="Data set: emoji, photos, or folder:PATH on the computer that runs replearn",
            value="photos",
            max_lines=1,
            elem_id="evaluate-data",
        )
        with gr.Row():
            run = gr.Button("evaluate", size="sm", variant="primary", elem_id="evaluate-run")
            stop = gr.Button("stop", size="sm", variant="stop")
        refused = notice("evaluate-notice")
        summary = gr.Markdown(elem_id="evaluate-summary")
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
    with gr.Accordion("Suggest labels for an unlabelled folder", open=False):
        unlabelled = gr.Textbox(
            label="folder:PATH on the computer that runs replearn",
            value="photos",
            max_lines=1,
            elem_id="suggest-data",
        )
        with gr.Row():
            suggest = gr.Button("suggest", size="sm", variant="primary", elem_id="suggest-run")
            suggest_stop = gr.Button("stop", size="sm", variant="stop")
        suggest_refused = notice("suggest-notice")
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

    compare.click(
        _matrix,
        [files, subject.model, question.labels],
        [matrix, matrix_stamp, matrix_refused],
        api_visibility="private",
    )
    evaluated = run.click(
        _evaluate,
        [folder, subject.model, question.templates],
        [summary, confusion, reliable, mistakes, rows, refused],
        concurrency_limit=1,
        concurrency_id="long",
        api_visibility="private",
    )
    stop.click(None, cancels=[evaluated], api_visibility="private")
    suggested = suggest.click(
        _suggest,
        [unlabelled, subject.model, question.labels],
        [table, suggest_refused],
        concurrency_limit=1,
        concurrency_id="long",
        api_visibility="private",
    )
    suggest_stop.click(None, cancels=[suggested], api_visibility="private")
    export.click(_export, table, exported, api_visibility="private").then(
        None, None, None, js="() => document.querySelector('#suggest-saved').click()"
    )


def _matrix(files: list[str] | None, model: str, labels: str) -> tuple[Any, ...]:
    try:
        names = None
        pictures: list[Any] = list(files or [])
        if len(pictures) > MOST_PICTURES:
            return gr.skip(), gr.skip(), f"Choose at most {MOST_PICTURES} pictures."
        if not pictures:
            photos = load_dataset("photos")
            pictures = [photos[i].image for i in range(len(photos))]
            names = [photos[i].id for i in range(len(photos))]
        found = cosine_matrix(pictures, parse_labels(labels).names, model, names)
    except ReplearnError as error:
        return gr.skip(), gr.skip(), str(error)
    return matrix_figure(found), {"text": str(found.stamp)}, None


def _evaluate(
    name: str,
    model: str,
    templates: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    try:
        data = load_dataset(name)
        chosen = LabelOptions(templates=parse_templates(templates))
        found = evaluate(data, model, chosen, to_page(progress))
        shown = _mistakes(found, data)
    except ReplearnError as error:
        return (*[gr.skip()] * 5, str(error))
    skipped = f" {len(found.unreadable)} pictures could not be opened." if found.unreadable else ""
    text = (
        f"Accuracy **{found.accuracy}** over {len(found.labels):,} labels; expected calibration "
        f"error {found.reliability.ece:.2f}.{skipped}  \n`{found.stamp}`"
    )
    return (
        text,
        confusion_figure(found),
        reliability_figure(found),
        shown,
        _csv_file(found.rows),
        None,
    )


def _mistakes(found: Evaluation, data: Dataset) -> list[tuple[Any, str]]:
    wrong = sorted((row for row in found.rows if not row.correct), key=lambda r: -r.confidence)
    return [
        (data[row.row].image, f"{row.prediction} {row.confidence:.2f}, is {row.label}")
        for row in wrong[:MISTAKES]
    ]


def _csv_file(rows: tuple[Prediction, ...] | list[Prediction]) -> str:
    path = Path(tempfile.mkdtemp()) / "replearn-rows.csv"
    path.write_text(to_csv(rows), encoding="utf-8")
    return str(path)


def _suggest(
    name: str,
    model: str,
    labels: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, Any]:
    try:
        names = parse_labels(labels).names
        rows = [
            [
                row.id,
                row.prediction,
                round(row.confidence, 3),
                row.second,
                round(row.second_confidence, 3),
            ]
            for row in suggest_labels(name, names, model, to_page(progress))
        ]
    except ReplearnError as error:
        return gr.skip(), str(error)
    return rows, None


def _export(table: Any) -> str:
    rows = [
        Prediction(str(row[0]), None, str(row[1]), float(row[2]), str(row[3]), float(row[4]), i)
        for i, row in enumerate(table.itertuples(index=False))
        if str(row[0])
    ]
    return _csv_file(rows)
