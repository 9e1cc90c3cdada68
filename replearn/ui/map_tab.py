"""Map: how is its space laid out? Neighbours one click away."""

import functools
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.progress import Progress, silent
from replearn.plotting.figures import packed
from replearn.plotting.map_values import as_text, map_key, map_value
from replearn.studies.map_colour import categories, colour_map, colourings
from replearn.studies.picture_grid import picture_grid
from replearn.studies.shipped import is_shipped
from replearn.ui import map_answers
from replearn.ui.code import map_code
from replearn.ui.components import described, notice, stamp
from replearn.ui.map_compare import map_compare
from replearn.ui.map_controls import MapControls, map_controls
from replearn.ui.map_honesty import map_honesty
from replearn.ui.map_kept import Drawn, draw_map, kept_map, sheet_of
from replearn.ui.map_lasso import map_lasso
from replearn.ui.map_parts import STOPS, MapParts, Opening, map_parts
from replearn.ui.subject import Subject

VIEWS = ("dots", "pictures", "grid")


def map_tab(tab: gr.Tab, subject: Subject) -> Opening:
    """Build the tab; return how its first map is drawn."""
    described(
        "**How is its space laid out?** Each dot is a picture; what stands together is alike to "
        "the model.",
        "Hover a dot to see its picture, click it for its nearest neighbours. They are found by "
        "cosine in the model's full space (vectors have length 1, so Euclidean distance gives the "
        "same ones), never on the map: the lines show where the map tears them apart.",
        "Only neighbourhoods can be read. The size of a cluster, the distance between two, and "
        "empty space mean little in t-SNE and UMAP. The figures below the map say how many "
        "neighbours survive.",
        ("McInnes et al. 2018 (UMAP)", "https://arxiv.org/abs/1802.03426"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=280):
            controls = map_controls()
            with gr.Row(elem_classes="rl-tight"):
                by = gr.Dropdown(
                    ["label"], value="label", label="Colour by", elem_id="colour-by", min_width=110
                )
                words = gr.Textbox(
                    label="Prompt or word",
                    placeholder="e.g. fruit",
                    max_lines=1,
                    elem_id="colour-words",
                    min_width=110,
                )
            view = gr.Radio(list(VIEWS), value="dots", label="Show", elem_id="map-view")
            find = gr.Textbox(
                label="Find by name", placeholder="e.g. pizza", max_lines=1, elem_id="find"
            )
            of_subject = gr.Button("place the subject", size="sm", elem_id="of-subject")
            refused = notice("map-notice")
            nearest = gr.Gallery(
                label="Nearest in the full space",
                columns=4,
                height=530,
                object_fit="contain",
                allow_preview=False,
                elem_id="nearest",
                buttons=[],
            )
            near_origin = stamp("nearest-stamp")
        with gr.Column(scale=2, min_width=300):
            parts = map_parts()
            origin = stamp("map-stamp")
            stop = gr.Button("stop", size="sm", variant="stop")
            map_honesty(parts)
            map_lasso(parts)
            map_compare(parts, subject)
            own = _own()
            with gr.Accordion("code", open=False):
                code = gr.Code(language="python", interactive=False)

    near = [parts.overlay, nearest, near_origin, code, parts.selected, refused]
    inputs = [subject.dataset, subject.model, by, words, own, *controls.inputs]
    outputs = [parts.canvas, origin, code, by, parts.drawn, refused]
    opening = Opening(functools.partial(_early, controls), [parts.drawn, *inputs], outputs)

    # Gradio finds the request by its annotation, which a `partial` would hide
    def drawn_anew(
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *asked: Any,
    ) -> tuple[Any, ...]:
        return _draw(controls, STOPS.progress(request, progress), *asked)

    def opened(
        drawn: Drawn | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *asked: Any,
    ) -> tuple[Any, ...]:
        """Draw when the tab opens, where nothing was drawn behind the page."""
        if drawn is not None:
            return (gr.skip(),) * len(outputs)
        return drawn_anew(request, progress, *asked)

    gr.on(tab.select, opening.draw, **opening.settings).then(
        opened,
        opening.inputs,
        outputs,
        show_progress_on=parts.canvas,
        api_visibility="private",
    )
    gr.on(
        [
            controls.projection.change,
            controls.dimensions.input,
            controls.redraw.click,
            subject.dataset.change,
            subject.model.change,
            own.upload,
            own.clear,
        ],
        drawn_anew,
        inputs,
        outputs,
        trigger_mode="always_last",
        concurrency_limit=2,
        show_progress_on=parts.canvas,
        api_visibility="private",
    )
    stop.click(STOPS.wish, None, refused, show_progress="hidden", api_visibility="private")
    _follow(parts, view, refused)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    of_subject.click(map_answers.near_picture, [parts.drawn, subject.picture], near, **quiet)
    followed = gr.State(None)
    gr.on(  # one at a time, so that the second of two alike sees the first
        [parts.drawn.change, subject.picture.change],
        map_answers.followed_picture,
        [parts.drawn, subject.picture, followed],
        [*near, followed],
        concurrency_limit=1,
        **quiet,
    )
    parts.canvas.point_click(_clicked, parts.drawn, near, trigger_mode="always_last", **quiet)
    find.submit(map_answers.near_name, [parts.drawn, find], near, **quiet)
    colouring = ([parts.drawn, by, words], [parts.colour, by, *near])
    by.input(map_answers.coloured, *colouring, trigger_mode="always_last", **quiet)
    gr.on(
        [words.change, words.submit],
        map_answers.typed,
        *colouring,
        trigger_mode="always_last",
        **quiet,
    )
    return opening


def _own() -> gr.File:
    with gr.Accordion("your own vectors or coordinates", open=False):
        gr.Markdown(
            "An NPZ file with `vectors` (n, d) or `coordinates` (n, 2 or 3), or a Parquet file "
            "with a list column `vector` or the columns `x`, `y`, `z`; `id`, `caption` and `label` "
            "may stand beside them. Coordinates belong to the chosen data set, row for row or by "
            "id. Take the file away to return to the data set."
        )
        return gr.File(
            file_types=[".npz", ".parquet"], type="filepath", label="file", elem_id="own-vectors"
        )


def _follow(parts: MapParts, view: gr.Radio, refused: gr.HTML) -> None:
    """Send the pictures and the view after the map itself, so that its points come first."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    parts.drawn.change(_pictures, parts.drawn, parts.pictures, **quiet)
    gr.on(
        [view.input, parts.drawn.change],
        _view,
        [parts.drawn, view],
        [parts.view, refused],
        trigger_mode="always_last",
        show_progress="minimal",
        show_progress_on=refused,
        api_visibility="private",
    )


def _draw(controls: MapControls, told: Progress, *asked: Any) -> tuple[Any, ...]:
    dataset, model, by, words, own, *settings = asked
    try:
        drawn = Drawn(controls.choice(dataset, model, settings), own)
        kept = draw_map(drawn, told)
    except ReplearnError as error:
        return (*[gr.skip()] * 5, str(error))
    choices = colourings(kept.table)
    by = by if by in choices else "label"
    try:
        colour = colour_map(kept.table, by, words or "")
    except ReplearnError:
        by, colour = "label", categories("label", kept.table.groups)
    code = gr.skip() if own else map_code(drawn.choice)
    chosen = gr.update(choices=choices, value=by)
    return (
        as_text(map_value(kept.found, colour)),
        {"text": str(kept.found.stamp)},
        code,
        chosen,
        drawn,
        None,
    )


def _early(controls: MapControls, drawn: Drawn | None, *asked: Any) -> tuple[Any, ...]:
    """Draw behind the page what costs next to nothing: a shipped map."""
    dataset, model, *_ = asked
    try:
        if drawn is None and is_shipped(dataset, model):
            return _draw(controls, silent, *asked)
    except ReplearnError:
        pass  # the tab says it when it opens
    return (gr.skip(),) * 6


def _pictures(drawn: Drawn | None) -> Any:
    return gr.skip() if drawn is None else as_text(sheet_of(kept_map(drawn)))


def _view(drawn: Drawn | None, mode: str) -> tuple[Any, str | None]:
    if drawn is None or mode != "grid":
        return as_text({"mode": mode}), None
    kept = kept_map(drawn)
    try:
        cells = picture_grid(kept.found.coordinates)
    except ReplearnError as error:
        return as_text({"mode": "dots"}), str(error)
    value = {"mode": mode, "key": map_key(kept.found)}
    return as_text({**value, "x": packed(cells[:, 0]), "y": packed(cells[:, 1])}), None


def _clicked(drawn: Drawn | None, event: gr.EventData) -> tuple[Any, ...]:
    row = getattr(event, "index", None)
    if not isinstance(row, int) or row < 0:
        return map_answers.unanswered("Click on a dot.")
    return map_answers.near_row(drawn, row)
