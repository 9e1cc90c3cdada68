"""Several models on one data set: the same query in rows, accuracy, and how far they agree."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.plotting.map.figures import agreement_figure
from replearn.results.map import ModelComparison
from replearn.store.table import is_kept
from replearn.studies.map.agreement import compare_models
from replearn.studies.map.embed import embed
from replearn.ui.frame.components import notice, plot
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import LATEST, Turns
from replearn.ui.map.kept_maps import Drawn, KeptMap, gallery, kept_map
from replearn.ui.map.parts import NAME, NO_DATA_SET, STOPS, MapParts

ROWS = "model-rows"
UNTRAINED = "shapes-untrained"
SHAPES = (UNTRAINED, "shapes-simclr", "shapes-supcon", "shapes-supervised")
COLUMNS = 8  # neighbours of each model


def model_rows(turns: Turns, parts: MapParts, subject: Subject, names: list[str]) -> None:
    """Build the panel, folded.

    Args:
        turns: the page's.
        parts: the map's.
        subject: data set and model.
        names: the models to choose from.
    """
    with gr.Accordion(
        "several models: neighbours, accuracy, agreement", open=False, elem_id="model-rows-panel"
    ) as panel:
        models = gr.Dropdown(
            names,
            value=[*names[:2]],
            multiselect=True,
            label="Models",
            elem_id="rows-models",
        )
        gr.Markdown(
            "The point that was clicked last: its nearest pictures under each model, a row for "
            "each.",
            elem_classes="rl-card",
        )
        refused = notice("rows-notice")
        near = gr.Gallery(
            columns=COLUMNS,
            object_fit="contain",
            allow_preview=False,
            elem_id="model-rows",
            buttons=[],
            show_label=False,
            height=300,
        )
        _agreement(parts, models)
    turn = turns.panel(ROWS, NAME, panel)
    turns.stir(ROWS, [parts.selected.change, models.input])
    usual = gr.State(None)  # for which data set and model the usual ones were chosen

    @refusing(refused)
    def rows(drawn: Drawn | None, row: int | None, chosen: list[str]) -> Shown:
        if drawn is None or drawn.file or row is None:
            return {near: None, refused: "Click a point of a data set's map first."}
        pictures, waiting = _neighbours_by_model(drawn, row, chosen)
        said = f"Not yet embedded under {', '.join(waiting)}: measure below does that first."
        return {near: pictures, refused: said if waiting else None}

    def rows_of_the_usual(dataset: str, model: str, before: Any, *asked: Any) -> Shown:
        drawn, row, chosen = asked
        if before == (dataset, model):
            return rows(drawn, row, chosen)
        chosen = _usual_models(names, dataset, model)
        return {**rows(drawn, row, chosen), models: chosen, usual: (dataset, model)}

    turn.change(
        rows_of_the_usual,
        [subject.dataset, subject.model, usual, parts.drawn, parts.selected, models],
        [near, refused, models, usual],
        **LATEST,
    )


def _usual_models(names: list[str], dataset: str, model: str) -> list[str]:
    """Return models worth comparing: on the lab's own world, what each way of training kept."""
    usual = SHAPES if dataset.startswith("shapes") else (model, "photo-clip", "imagenet")
    return [name for name in dict.fromkeys(usual) if name in names]


def _neighbours_by_model(drawn: Drawn, row: int, models: list[str]) -> tuple[list[Any], list[str]]:
    """Return a row of pictures for each model, and the models that haven't seen them yet."""
    identity = kept_map(drawn).table.ids[row]
    shown: list[Any] = []
    data = load_dataset(drawn.choice.dataset)
    waiting = [model for model in models if not is_kept(data, load_model(model))]
    for model in models:
        if model in waiting:
            continue
        table = embed(drawn.choice.dataset, model)
        near = table.neighbours(id=identity, k=min(COLUMNS, len(table) - 1))
        captions = [
            f"{cosine:.2f} {caption}"
            for cosine, caption in zip(near.similarities, near.captions, strict=True)
        ]
        captions[0] = f"{model}: {captions[0]}"
        kept = KeptMap(table, kept_map(drawn).found)
        shown += gallery(kept, [int(i) for i in near.indices], captions)
    return shown, waiting


def _agreement(parts: MapParts, models: gr.Dropdown) -> None:
    k = gr.Slider(1, 50, value=10, step=1, label="k", elem_id="agreement-k")
    measure = gr.Button("measure accuracy and agreement", size="sm", elem_id="measure")
    refused = notice("agreement-notice")
    with figure("agreement"):
        table = gr.Markdown(elem_id="agreement-table")
        canvas = plot("agreement")

    @refusing(refused)
    def compared(
        drawn: Drawn | None,
        models: list[str],
        k: int,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if drawn is None or drawn.file:
            raise InputError(NO_DATA_SET)
        told = STOPS.progress(request, progress)
        found = compare_models(drawn.choice.dataset, models, int(k), told)
        drawing = agreement_figure(found) if len(found.models) > 1 else None
        return {table: accuracy_table(found), canvas: drawing}

    draws(
        "agreement",
        [measure.click],
        compared,
        [parts.drawn, models, k],
        [table, canvas, refused],
        refused,
        show_progress_on=[table],
    )


def accuracy_table(found: ModelComparison) -> str:
    """Return each model's leave-one-out accuracy, the best first."""
    lines = [
        f"| model | leave-one-out kNN accuracy (k = {found.k}) |",
        "| --- | --- |",
        *(
            f"| {row.model} `{row.stamp.fingerprint[:6]}` | {row.accuracy} |"
            for row in sorted(found.models, key=lambda row: -row.accuracy.value)
        ),
        f"| always the commonest label | {found.chance:.2f} |",
        "",
        f"`{found.models[0].stamp}`" if len(found.models) == 1 else _of_all(found),
    ]
    return "\n".join(lines)


def _of_all(found: ModelComparison) -> str:
    stamp = found.models[0].stamp
    told = " | ".join(f"{key} {value}" for key, value in stamp.settings.items())
    return f"`{told} | n = {stamp.n:,}`"
