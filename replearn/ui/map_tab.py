"""Map: how is its space laid out? Neighbours one click away."""

import functools
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.map_results import EmbeddingMap
from replearn.data import load_dataset
from replearn.plotting.figures import map_figure
from replearn.plotting.sprite import COLUMNS, TILE, sprite
from replearn.projections import PROJECTIONS
from replearn.studies.embedding_map import embedding_map
from replearn.studies.neighbours import neighbours
from replearn.ui.code import map_code
from replearn.ui.components import described, notice, plot, stamp
from replearn.ui.progress import to_page
from replearn.ui.subject import Subject


def map_tab(tab: gr.Tab, subject: Subject) -> None:
    """Build the tab."""
    described(
        "**How is its space laid out?** Each dot is a picture; what stands together is alike to "
        "the model.",
        "Hover a dot to see its picture, click it for its nearest neighbours. They are found by "
        "cosine in the model's full space, never on the map: the lines show where the map tears "
        "them apart.",
        "Only neighbourhoods can be read. The size of a cluster, the distance between two, and "
        "empty space mean little in t-SNE and UMAP. The figures below the map say how many "
        "neighbours survive.",
        ("McInnes et al. 2018 (UMAP)", "https://arxiv.org/abs/1802.03426"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            projection = gr.Radio(
                list(PROJECTIONS), value="umap", label="Projection", elem_id="projection"
            )
            search = gr.Textbox(
                label="Find by name",
                placeholder="e.g. pizza",
                max_lines=1,
                elem_id="find",
            )
            of_subject = gr.Button("neighbours of the subject", size="sm", elem_id="of-subject")
            refused = notice("map-notice")
            origin = stamp("map-stamp")
            nearest = gr.Gallery(
                label="12 nearest in the full space",
                columns=4,
                height=420,
                object_fit="contain",
                allow_preview=False,
                elem_id="nearest",
                buttons=[],
            )
            near_origin = stamp("nearest-stamp")
        with gr.Column(scale=2, min_width=300):
            canvas = plot("map")
            with gr.Accordion("code", open=False):
                code = gr.Code(language="python", interactive=False)
            stop = gr.Button("stop", size="sm", variant="stop")

    chosen = [subject.dataset, subject.model, projection]
    near = [canvas, nearest, near_origin, code, refused]
    drawn = gr.on(
        [tab.select, projection.change, subject.dataset.change, subject.model.change],
        _draw,
        chosen,
        [canvas, origin, code, refused],
        trigger_mode="always_last",
        concurrency_limit=1,
        api_visibility="private",
    )
    drawn.then(
        _of_subject,
        [subject.picture, *chosen],
        near,
        show_progress="hidden",
        api_visibility="private",
    )
    canvas.point_click(  # the event exists because its name stands in plot.js
        _clicked, chosen, near, show_progress="hidden", api_visibility="private"
    )
    search.submit(_found, [search, *chosen], near, api_visibility="private")
    of_subject.click(_of_subject, [subject.picture, *chosen], near, api_visibility="private")
    stop.click(None, cancels=[drawn], api_visibility="private")


@functools.lru_cache(maxsize=4)
def sprite_of(dataset: str) -> dict[str, Any]:
    """Return a data set's thumbnails as one picture, with the captions."""
    data = load_dataset(dataset)
    samples = [data[i] for i in range(len(data))]
    return {
        "src": sprite([sample.image for sample in samples]),
        "tile": TILE,
        "columns": COLUMNS,
        "captions": [sample.caption for sample in samples],
    }


def _draw(
    dataset: str,
    model: str,
    projection: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    try:
        found = embedding_map(dataset, model, projection, progress=to_page(progress))
    except ReplearnError as error:
        return gr.skip(), gr.skip(), gr.skip(), str(error)
    figure = {**map_figure(found), "sprite": sprite_of(dataset)}
    return figure, {"text": _stamp(found)}, map_code(dataset, model, projection, None), None


def _stamp(found: EmbeddingMap) -> str:
    kept = ", ".join(f"{name} {value:.2f}" for name, value in found.preservation.items())
    return f"{found.stamp} | {kept}" if kept else str(found.stamp)


def _clicked(dataset: str, model: str, projection: str, event: gr.EventData) -> tuple[Any, ...]:
    index = getattr(event, "index", None)
    if not isinstance(index, int):
        return (*[gr.skip()] * 4, "Click on a dot.")
    return _near(index, dataset, model, projection)


def _found(text: str | None, dataset: str, model: str, projection: str) -> tuple[Any, ...]:
    wanted = (text or "").strip().casefold()
    if not wanted:
        return (*[gr.skip()] * 4, "Type a name, or a part of one.")
    captions = embedding_map(dataset, model, projection).captions
    hits = [i for i, caption in enumerate(captions) if wanted in caption.casefold()]
    if not hits:
        return (*[gr.skip()] * 4, f"No picture of {dataset} is called “{wanted[:40]}”.")
    exact = [i for i in hits if captions[i].casefold() == wanted]
    return _near((exact or hits)[0], dataset, model, projection)


def _of_subject(picture: str | None, dataset: str, model: str, projection: str) -> tuple[Any, ...]:
    if picture is None:
        return (*[gr.skip()] * 4, "Choose a picture: upload, paste, or take an example.")
    return _near(picture, dataset, model, projection)


def _near(query: int | str, dataset: str, model: str, projection: str) -> tuple[Any, ...]:
    try:
        found = neighbours(query, dataset, model)
        data = load_dataset(dataset)
        pictures = [
            (data[int(i)].image, f"{cosine:.2f} {caption}")
            for i, cosine, caption in zip(
                found.indices, found.similarities, found.captions, strict=True
            )
        ]
    except ReplearnError as error:
        return (*[gr.skip()] * 4, str(error))
    row = query if isinstance(query, int) else None
    if row is None:
        shown: Any = gr.skip()
    else:
        laid_out = embedding_map(dataset, model, projection)
        ends = [int(i) for i in found.indices]
        shown = {**map_figure(laid_out, row, ends), "sprite": sprite_of(dataset)}
    text = {"text": f"cosine to “{found.query}” | {found.stamp}"}
    return shown, pictures, text, map_code(dataset, model, projection, row), None
