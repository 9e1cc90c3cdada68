"""Heat maps: where does it look?"""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.plotting.bars import bar_rows
from replearn.plotting.heat_value import heat_value
from replearn.results.heat_map import HeatMap
from replearn.studies.heat_maps.explain import explain_growing
from replearn.studies.heat_maps.occluded import occluded
from replearn.ui.frame.code import explain_code
from replearn.ui.frame.components import code_panel, notice
from replearn.ui.frame.figure import cancels, draws
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.saving import save_heat_map, saved_by
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import LATEST, QUIET, Turns
from replearn.ui.heat_maps.asked import heat_map_entry
from replearn.ui.heat_maps.compared_map import compared_map
from replearn.ui.heat_maps.controls import (
    DrawnMap,
    asked_of,
    fitting_methods,
    heat_map_controls,
    timed_methods,
)
from replearn.ui.heat_maps.explainer_table import explainer_table
from replearn.ui.heat_maps.side_by_side_panel import heat_map_rows_panel
from replearn.ui.heat_maps.trust_panel import trust_panel
from replearn.ui.heat_maps.viewer import HeatMapViewer, colour_map, heat_map_viewer, look_controls
from replearn.ui.lessons.introduced import introduced

NAME = "heat-maps"


def heat_maps_tab(turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Build the tab."""
    introduced(
        "heat-maps",
        "**Where does it look?** The parts of the picture that a class or a sentence depends on.",
        "Bright is where the score comes from; the scale is the map's own largest value, so two "
        "maps can't be compared by colour: point at a cell to read its value. `cam` splits the "
        "score exactly over the cells of the last feature map; `grad-cam` weighs them by gradient; "
        "`occlusion` covers patches and measures by how much the score falls.",
        "A map says where, not what; most have 7 x 7 cells and no more detail than that. A smooth "
        "map on the object is no proof that the model is right for the right reason: ask for a "
        "second, wrong class and compare. `guided-backprop` shows edges even of an untrained "
        "network; `eigen-cam` and `attention-rollout` are the same whatever is asked.",
        ("Zhou et al. 2016 (CAM)", "https://arxiv.org/abs/1512.04150"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            controls = heat_map_controls()
            look = look_controls()
            refused = notice("heat-map-notice")
        kept, drawn, box = gr.State(None), gr.State(None), gr.State(None)
        fitted = gr.State(None)  # the model whose methods and layers are offered
        asking = [subject.picture, subject.model, question.asked, *controls.inputs]
        with gr.Column(scale=2, min_width=300), gr.Row():
            with gr.Column(min_width=300):
                view = heat_map_viewer()
            compared_map(turns, NAME, subject, drawn, asking, look)

    def explained(
        picture: str | None,
        model: str,
        asked: Asked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Iterator[dict[Any, Any]]:
        *told, offered, opacity, colours, threshold = values
        try:
            if picture is None:
                raise InputError(NO_PICTURE)
            progress(0, desc=f"opening {model}")
            if offered != model:
                method, choices, layers = fitting_methods(model, told[controls.at(controls.method)])
                told[controls.at(controls.method)] = method
                told[controls.at(controls.layer)] = ""
                yield {controls.method: choices, controls.layer: layers, fitted: model}
            shown = DrawnMap(picture, model, asked_of(picture, model, asked, told, controls))
            first: dict[Any, Any] = {
                drawn: shown,
                code: explain_code(picture, model, shown.asked),
                refused: None,
                view.covered_row: gr.update(visible=False),  # what the last map's patch gave
            }
            for found in _growing(shown, progress):
                text = f"{found.target} = {found.score:.3g} | {found.stamp}"
                yield {
                    view.map: heat_value(found, opacity, colour_map(colours), threshold),
                    view.origin: {"text": text},
                    kept: found,
                    **first,
                }
                first = {}
            yield {ASKED: heat_map_entry(shown, found)}
            if offered != model:
                yield {controls.method: timed_methods(model)}
        except ReplearnError as error:
            yield {refused: str(error)}

    code = code_panel("heat-map-code")
    heat_map_rows_panel(turns, subject, question, controls, look)
    trust_panel(turns, drawn, box)
    explainer_table(turns, subject.model)

    turn = turns.of(NAME)
    drawing = draws(
        "heat-map",
        [turn.change, *controls.events],
        explained,
        asking,
        [
            *(view.map, view.origin, kept, view.covered_row, refused, code, drawn),
            *(controls.method, controls.layer, fitted),
        ],
        refused,
        also=[fitted, *look],
        show_progress="minimal",
        show_progress_on=[view.map],
        concurrency_limit=2,
    )
    turns.answered(NAME, "heat-map", [drawing])
    gr.on([one.input for one in look], _recoloured, [kept, *look], view.map, **LATEST)

    _covering(view, drawn, question)
    view.map.box_drawn(_boxed, None, box, **QUIET)  # the event exists as its name is in heat.js
    saved_by("heat-map", _saved, [kept, *look])
    cancels(view.stop, "heat-map", drawing)


def _covering(view: HeatMapViewer, drawn: gr.State, question: QuestionBox) -> None:
    """Cover the patch that a pointer rests on, and ask again what the drawn map asked."""

    def covered_at(shown: DrawnMap | None, asked: Asked, event: gr.EventData) -> dict[Any, Any]:
        row, column = getattr(event, "row", None), getattr(event, "column", None)
        if shown is None or not isinstance(row, int) or not isinstance(column, int):
            return {view.covered_row: gr.skip()}
        settings = shown.asked.settings
        try:
            found = occluded(shown.picture, row, column, shown.model, asked.get(), settings)
        except ReplearnError:
            return {view.covered_row: gr.update(visible=False)}
        return {
            view.covered_row: gr.update(visible=True),
            view.covered: found.picture,
            view.answers: bar_rows(found.covered, found.clean),
        }

    view.map.patch_hover(
        covered_at,
        [drawn, question.asked],
        [view.covered_row, view.covered, view.answers],
        **LATEST,
    )


def _growing(shown: DrawnMap, progress: gr.Progress) -> Iterator[HeatMap]:
    asked = shown.asked
    return explain_growing(
        shown.picture,
        asked.target,
        shown.model,
        asked.method,
        against=asked.against,
        finer=asked.finer,
        settings=asked.settings,
        progress=to_page(progress),
    )


def _recoloured(found: HeatMap | None, opacity: float, colours: str, threshold: float) -> Any:
    if found is None:
        return gr.skip()
    return heat_value(found, opacity, colour_map(colours), threshold)


def _boxed(event: gr.EventData) -> tuple[float, float, float, float] | None:
    sides = [getattr(event, side, None) for side in ("left", "top", "right", "bottom")]
    left, top, right, bottom = (float(x) if isinstance(x, int | float) else -1.0 for x in sides)
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        return None
    return left, top, right, bottom


def _saved(found: HeatMap | None, opacity: float, colours: str, threshold: float) -> str | None:
    if found is None:
        return None
    return save_heat_map(found, found.overlay(opacity, colour_map(colours), threshold))
