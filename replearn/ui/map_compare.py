"""Several models on one data set: the same query in rows, two maps face to face, PCA's axes."""

import functools
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.map_results import ModelComparison
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.plotting.map_figures import agreement_figure, variance_figure
from replearn.plotting.map_values import as_text, map_value
from replearn.store.table import is_kept
from replearn.studies.agreement import compare_models
from replearn.studies.embed import embed
from replearn.studies.map_colour import categories
from replearn.studies.map_variants import facing_maps
from replearn.studies.principal_axes import principal_axes
from replearn.ui.components import channel, map_canvas, notice, plot, stamp
from replearn.ui.map_kept import Drawn, KeptMap, gallery, kept_map, sheet_of
from replearn.ui.map_parts import STOPS, MapParts
from replearn.ui.subject import Subject

UNTRAINED = "shapes-untrained"
SHAPES = (UNTRAINED, "shapes-simclr", "shapes-supcon", "shapes-supervised")
COLUMNS = 8  # neighbours of each model
ENDS = 5  # pictures at each end of an axis


def map_compare(parts: MapParts, subject: Subject) -> None:
    """Build the panels."""
    # the dropdown of the page knows runs that ended since; these are the ones of its start
    names = list(dict.fromkeys([*(str(name) for _, name in subject.model.choices), UNTRAINED]))
    with gr.Accordion("several models: neighbours, accuracy, agreement", open=False):
        models = gr.Dropdown(
            names,
            value=[*names[:2]],
            multiselect=True,
            label="Models",
            elem_id="rows-models",
        )
        subject.dataset.change(
            functools.partial(_usual_models, names),
            [subject.dataset, subject.model],
            models,
            api_visibility="private",
            show_progress="hidden",
        )
        _rows(parts, models)
        _agreement(parts, models)
    with gr.Accordion("two models side by side", open=False):
        _facing(parts, names)
    with gr.Accordion("PCA: variance, and the pictures at the ends of its axes", open=False) as pca:
        _axes(parts, pca)


def _usual_models(names: list[str], dataset: str, model: str) -> list[str]:
    """Return models worth comparing: on the lab's own world, what each way of training kept."""
    usual = SHAPES if dataset.startswith("shapes") else (model, "photo-clip", "imagenet")
    return [name for name in dict.fromkeys(usual) if name in names]


def _rows(parts: MapParts, models: gr.Dropdown) -> None:
    gr.Markdown(
        "The point that was clicked last: its nearest pictures under each model, a row for each.",
        elem_classes="rl-card",
    )
    refused = notice("rows-notice")
    shown = gr.Gallery(
        columns=COLUMNS,
        object_fit="contain",
        allow_preview=False,
        elem_id="model-rows",
        buttons=[],
        show_label=False,
        height=300,
    )
    gr.on(
        [parts.selected.change, models.input],
        _neighbours_by_model,
        [parts.drawn, parts.selected, models],
        [shown, refused],
        api_visibility="private",
        show_progress="hidden",
    )


def _agreement(parts: MapParts, models: gr.Dropdown) -> None:
    k = gr.Slider(1, 50, value=10, step=1, label="k", elem_id="agreement-k")
    measure = gr.Button("measure accuracy and agreement", size="sm", elem_id="measure")
    refused = notice("agreement-notice")
    table = gr.Markdown(elem_id="agreement-table")
    figure = plot("agreement")
    measure.click(
        _measured,
        [parts.drawn, models, k],
        [table, figure, refused],
        api_visibility="private",
    )
    parts.drawn.change(
        lambda: (None, None, None),
        None,
        [table, figure, refused],
        api_visibility="private",
        show_progress="hidden",
    )


def _facing(parts: MapParts, names: list[str]) -> None:
    other = gr.Dropdown(
        names, value=names[min(1, len(names) - 1)], label="Second model", elem_id="facing-model"
    )
    draw = gr.Button("draw both maps", size="sm", elem_id="facing-button")
    gr.Markdown(
        "The second map is shifted, turned, mirrored and scaled onto the first (Procrustes). Click "
        "a point or draw a lasso on one: the same pictures are ringed on the other.",
        elem_classes="rl-card",
    )
    refused = notice("facing-notice")
    outputs = []
    with gr.Row():
        for side in ("map-a", "map-b"):
            with gr.Column(min_width=240):
                said = stamp(f"{side}-stamp")
                outputs += [map_canvas(side), channel(side, "pictures"), said]
    draw.click(_both, [parts.drawn, other], [*outputs, refused], api_visibility="private")


def _axes(parts: MapParts, opened: gr.Accordion) -> None:
    figure = plot("variance")
    gr.Markdown(
        f"A row for each component: {ENDS} pictures from its low end, {ENDS} from its high end.",
        elem_classes="rl-card",
    )
    ends = gr.Gallery(
        columns=2 * ENDS,
        object_fit="contain",
        allow_preview=False,
        elem_id="axis-ends",
        buttons=[],
        show_label=False,
        height=420,
    )
    said = stamp("axes-stamp")
    opened.expand(
        _principal,
        parts.drawn,
        [figure, ends, said],
        api_visibility="private",
        show_progress="hidden",
    )


def _neighbours_by_model(
    drawn: Drawn | None, row: int | None, models: list[str]
) -> tuple[Any, str | None]:
    if drawn is None or drawn.file or row is None:
        return None, "Click a point of a data set's map first."
    identity = kept_map(drawn).table.ids[row]
    shown: list[Any] = []
    try:
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
    except ReplearnError as error:
        return gr.skip(), str(error)
    if waiting:
        said = f"Not yet embedded under {', '.join(waiting)}: measure below does that first."
        return shown, said
    return shown, None


def _measured(
    drawn: Drawn | None,
    models: list[str],
    k: int,
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, Any, str | None]:
    if drawn is None or drawn.file:
        return gr.skip(), gr.skip(), "Open a data set's map first."
    try:
        found = compare_models(
            drawn.choice.dataset, models, int(k), STOPS.progress(request, progress)
        )
    except ReplearnError as error:
        return gr.skip(), gr.skip(), str(error)
    figure = agreement_figure(found) if len(found.models) > 1 else None
    return accuracy_table(found), figure, None


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


def _both(
    drawn: Drawn | None,
    other: str,
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    if drawn is None or drawn.file:
        return (*[gr.skip()] * 6, "Open a data set's map first.")
    try:
        maps = facing_maps(drawn.choice, other, STOPS.progress(request, progress))
        kept = kept_map(drawn)
        pictures = as_text(sheet_of(kept))
    except ReplearnError as error:
        return (*[gr.skip()] * 6, str(error))
    colour = categories("label", kept.table.groups)
    shown: list[Any] = []
    for found in maps:
        value = {**map_value(found, colour), "linked": "facing", "height": 420}
        shown += [as_text(value), pictures, {"text": str(found.stamp)}]
    return (*shown, None)


def _principal(drawn: Drawn | None) -> tuple[Any, ...]:
    if drawn is None:
        return gr.skip(), gr.skip(), gr.skip()
    kept = kept_map(drawn)
    try:
        found = principal_axes(kept.table, ends=ENDS)
    except ReplearnError as error:
        return gr.skip(), gr.skip(), {"text": str(error)}
    rows = [
        int(row)
        for low, high in zip(found.low, found.high, strict=True)
        for row in (*low, *high[::-1])
    ]
    names = []
    for number in range(len(found.low)):
        first = f"PC{number + 1} {found.explained[number]:.0%}, low: "
        names += [
            first,
            *[""] * (found.low.shape[1] - 1),
            "high: ",
            *[""] * (found.high.shape[1] - 1),
        ]
    captions = [f"{name}{kept.table.captions[row]}" for name, row in zip(names, rows, strict=True)]
    return variance_figure(found), gallery(kept, rows, captions), {"text": str(found.stamp)}
