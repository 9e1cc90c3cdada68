"""Map: how is its space laid out? Neighbours one click away."""

from functools import partial
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.figures import packed
from replearn.plotting.map.values import as_text, map_key, map_value
from replearn.results.map import EmbeddingMap
from replearn.studies.map.colour import categories, colour_map, colourings
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.picture_grid import picture_grid
from replearn.taking_home.answers import map_table
from replearn.taking_home.asked import Asked
from replearn.ui.frame.code import map_code
from replearn.ui.frame.components import code_panel, notice, stamp
from replearn.ui.frame.figure import Shown, changes, draws, figure, refusing, stop_button, unchanged
from replearn.ui.frame.keeping import ASKED, keeps
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import LATEST, QUIET, Turns
from replearn.ui.lessons.introduced import introduced
from replearn.ui.map.answers import MapAnswers
from replearn.ui.map.compare import map_compare
from replearn.ui.map.controls import map_controls
from replearn.ui.map.honesty import figures_table, map_honesty, worst
from replearn.ui.map.kept_maps import Drawn, draw_map, kept_map, sheet_of
from replearn.ui.map.lasso import map_lasso
from replearn.ui.map.parts import STOPS, MapParts, map_parts

NAME = "map"
VIEWS = ("dots", "pictures", "grid")


def map_tab(turns: Turns, subject: Subject) -> None:
    """Build the tab."""
    introduced(
        "map",
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
                colour_by = gr.Dropdown(
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
            with figure("map"):
                parts = map_parts()
                origin = stamp("map-stamp")
            with gr.Row(elem_classes="rl-buttons"):
                stop = stop_button("map", "variants", "agreement", "facing")
            ring, told = map_honesty(turns, parts)
            map_lasso(parts)
            map_compare(turns, parts, subject)
            own = _own()
            code = code_panel("map-code")
    answers = MapAnswers(
        overlay=parts.overlay,
        colour=parts.colour,
        nearest=nearest,
        origin=near_origin,
        code=code,
        selected=parts.selected,
        colour_by=colour_by,
        followed=gr.State(None),
        refused=refused,
    )

    @refusing(refused)
    def drawn_anew(
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *asked: Any,
    ) -> Shown:
        """Draw the map that is asked for, unless it is the one that is there."""
        dataset, model, file, *settings, before, by, words = asked
        wanted = Drawn(controls.choice(dataset, model, settings), file)
        if wanted == before:
            return {}
        kept = draw_map(wanted, STOPS.progress(request, progress))
        choices = colourings(kept.table)
        by = by if by in choices else "label"
        try:
            colour = colour_map(kept.table, by, words or "")
        except ReplearnError:
            by, colour = "label", categories("label", kept.table.groups)
        return {
            parts.canvas: as_text(map_value(kept.found, colour)),
            origin: {"text": str(kept.found.stamp)},
            code: gr.skip() if file else map_code(wanted.choice),
            colour_by: gr.update(choices=choices, value=by),
            parts.drawn: wanted,
        } | ({} if file else {ASKED: map_entry(wanted.choice, kept.found)})

    drawing = draws(
        "map",
        [
            turns.of(NAME).change,
            controls.projection.input,
            controls.dimensions.input,
            controls.redraw.click,
            *changes(own),
        ],
        drawn_anew,
        [subject.dataset, subject.model, own, *controls.inputs],
        [parts.canvas, origin, code, colour_by, parts.drawn, refused],
        refused,
        also=[parts.drawn, colour_by, words],
        concurrency_limit=2,
        show_progress_on=[parts.canvas],
    )
    keeps(
        drawing.then,
        answers.followed_picture,
        [parts.drawn, subject.picture, answers.followed],
        [*answers.near, answers.followed],
        **QUIET,
    )
    turns.answered(NAME, "map", [drawing])
    stop.click(STOPS.wish, None, refused, **QUIET)
    _beside(parts, told, ring, view, refused)
    place = [parts.drawn, subject.picture]
    keeps(of_subject.click, answers.near_picture, place, answers.near, **QUIET)
    keeps(find.submit, answers.near_name, [parts.drawn, find], answers.near, **QUIET)
    _point_and_colour(parts, answers, words)


def _beside(
    parts: MapParts, told: gr.Markdown, ring: gr.Checkbox, view: gr.Radio, refused: gr.HTML
) -> None:
    """Follow a map that was just drawn, and how it is to be seen."""

    def drawn_beside(drawn: Drawn | None, ring: bool, mode: str) -> Shown:
        """Show what belongs to a map that was just drawn: figures, ring, pictures and view."""
        if drawn is None:
            return unchanged()
        kept = kept_map(drawn)
        return {
            told: figures_table(kept.found),
            parts.worst: worst(drawn, ring),
            parts.pictures: as_text(sheet_of(kept)),
            parts.view: _view(drawn, mode)[0],
        }

    def viewed(drawn: Drawn | None, mode: str) -> Shown:
        shown, said = _view(drawn, mode)
        return {parts.view: shown, refused: said}

    # after the map itself, so that its points come first
    parts.drawn.change(
        drawn_beside,
        [parts.drawn, ring, view],
        [told, parts.worst, parts.pictures, parts.view],
        **QUIET,
    )
    view.input(
        viewed,
        [parts.drawn, view],
        [parts.view, refused],
        trigger_mode="always_last",
        show_progress="minimal",
        show_progress_on=refused,
        api_visibility="private",
    )


def _point_and_colour(parts: MapParts, answers: MapAnswers, words: gr.Textbox) -> None:
    keeps(parts.canvas.point_click, answers.clicked, [parts.drawn], answers.near, **LATEST)
    asking = [parts.drawn, answers.colour_by, words]
    outputs = [parts.colour, answers.colour_by, *answers.near]
    keeps(answers.colour_by.input, answers.coloured, asking, outputs, **LATEST)
    typed = partial(gr.on, [words.change, words.submit])
    keeps(typed, answers.typed, asking, outputs, **LATEST)


def map_entry(choice: MapChoice, found: EmbeddingMap) -> Asked:
    """Return a map as it is taken home."""
    return Asked(
        "Map",
        f"How does {choice.model} lay out {choice.dataset}, by {choice.projection}?",
        (choice.dataset, choice.model, choice.projection),
        lambda _: map_code(choice),
        str(found.stamp),
        map_table(found),
    )


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
