"""Heat maps: where does it look?"""

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from replearn.core.colour_maps import COLOUR_MAPS
from replearn.core.errors import InputError, ReplearnError
from replearn.core.heat_map import HeatMap
from replearn.data.labels import parse_labels
from replearn.explainers import load_explainer
from replearn.plotting.bars import bar_rows
from replearn.plotting.heat_map_view import heat_value
from replearn.studies.explain import explain_growing
from replearn.studies.heat_map_question import HeatMapQuestion, ask
from replearn.studies.occluded import occluded
from replearn.ui.code import explain_code
from replearn.ui.components import bars, described, heat, notice, stamp
from replearn.ui.explainer_table import explainer_table
from replearn.ui.heat_map_controls import (
    HeatMapControls,
    asked_of,
    follow_model,
    heat_map_controls,
)
from replearn.ui.heat_map_rows_panel import heat_map_rows_panel
from replearn.ui.progress import to_page
from replearn.ui.saving import save_heat_map
from replearn.ui.subject import Subject
from replearn.ui.trust_panel import trust_panel
from replearn.ui.zero_shot_tab import Question

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

NO_PICTURE = "Choose a picture: upload, paste, or take an example."
USUAL = "the usual one"


def heat_maps_tab(tab: gr.Tab, subject: Subject, question: Question) -> None:
    """Build the tab."""
    described(
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
            with gr.Accordion("colours", open=False):
                opacity = gr.Slider(0, 1, 0.6, step=0.05, label="Opacity", elem_id="opacity")
                colours = gr.Dropdown(
                    [USUAL, *COLOUR_MAPS], value=USUAL, label="Colour map", elem_id="colours"
                )
                threshold = gr.Slider(
                    0, 1, 0, step=0.05, label="Threshold, share of the peak", elem_id="threshold"
                )
            refused = notice("heat-map-notice")
            stop = gr.Button("stop", size="sm", variant="stop")
        with gr.Column(scale=2, min_width=300):
            viewer = heat("heat-map")
            origin = stamp("heat-map-stamp")
            with gr.Row(visible=False) as covered_row:
                with gr.Column(scale=2, min_width=160):
                    covered = gr.Image(
                        label="With that patch covered",
                        interactive=False,
                        height=200,
                        format="png",
                        buttons=[],
                        elem_id="covered",
                    )
                with gr.Column(scale=3, min_width=280):
                    answers = bars("covered-answer")
    kept, box = gr.State(None), gr.State(None)
    look = [opacity, colours, threshold]
    inputs = [subject.picture, subject.model, question.labels, *controls.inputs, *look]

    def explained(
        picture: str | None,
        model: str,
        labels: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Iterator[tuple[Any, ...]]:
        yield from _explain(controls, picture, model, labels, values, progress)

    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", interactive=False, elem_id="heat-map-code")
    save = gr.Button("save", size="sm", elem_id="heat-map-save")
    saved = gr.DownloadButton(visible="hidden", elem_id="heat-map-saved")
    heat_map_rows_panel(subject, question, controls, look)
    asking = [subject.picture, subject.model, question.labels, *controls.inputs]
    trust_panel(asking, functools.partial(_question, controls), box)
    explainer_table(subject.model)

    follow_model(controls, subject, [tab.select, subject.model.change])
    drawn = gr.on(
        [
            tab.select,
            controls.target.submit,
            controls.against.submit,
            controls.other.change,
            controls.method.change,
            controls.layer.input,
            controls.finer.input,
            *(getattr(knob, "release", knob.input) for _, _, knob in controls.knobs),
            subject.picture.change,
            subject.model.change,
        ],
        explained,
        inputs,
        [viewer, origin, code, refused, kept, covered_row],
        trigger_mode="always_last",
        show_progress="minimal",
        concurrency_limit=2,
        api_visibility="private",
    )
    gr.on(
        [opacity.change, colours.change, threshold.change],
        _recoloured,
        [kept, *look],
        viewer,
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )

    def covered_at(
        picture: str | None, model: str, labels: str, event: gr.EventData, *values: Any
    ) -> tuple[Any, ...]:
        return _covered(controls, picture, model, labels, values, event)

    viewer.patch_hover(  # the events exist because their names stand in heat.js
        covered_at,
        inputs,
        [covered_row, covered, answers],
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )
    viewer.box_drawn(_boxed, None, box, show_progress="hidden", api_visibility="private")
    save.click(_saved, [kept, *look], saved, api_visibility="private").then(
        None, None, None, js="() => document.querySelector('#heat-map-saved').click()"
    )
    stop.click(None, cancels=[drawn], api_visibility="private")


def _explain(
    controls: HeatMapControls,
    picture: str | None,
    model: str,
    labels: str,
    values: tuple[Any, ...],
    progress: gr.Progress,
) -> Iterator[tuple[Any, ...]]:
    if picture is None:
        yield (*[gr.skip()] * 3, NO_PICTURE, None, gr.skip())
        return
    *asking, opacity, colours, threshold = values
    try:
        progress(0, desc=f"opening {model}")
        asked = asked_of(picture, model, labels, asking, controls)
        growing = explain_growing(
            picture,
            asked.target,
            model,
            asked.method,
            against=asked.against,
            finer=asked.finer,
            settings=asked.settings,
            progress=to_page(progress),
        )
        code = explain_code(picture, model, asked)
        covered = gr.update(visible=False)  # what the last map's patch gave
        for found in growing:
            text = {"text": f"{found.target} = {found.score:.3g} | {found.stamp}"}
            drawn = heat_value(found, opacity, _colours(colours), threshold)
            yield drawn, text, code, None, found, covered
            covered = gr.skip()
    except ReplearnError as error:
        yield (*[gr.skip()] * 3, str(error), gr.skip(), gr.skip())


def _question(
    controls: HeatMapControls, picture: str | None, model: str, labels: str, *values: Any
) -> "tuple[HeatMapQuestion, Explainer]":
    if picture is None:
        raise InputError(NO_PICTURE)
    asked = asked_of(picture, model, labels, values, controls)
    question = ask(picture, asked.target, model, asked.against, asked.finer)
    return question, load_explainer(asked.method, asked.settings)


def _colours(chosen: str) -> str:
    return "" if chosen == USUAL else chosen


def _recoloured(found: HeatMap | None, opacity: float, colours: str, threshold: float) -> Any:
    if found is None:
        return gr.skip()
    return heat_value(found, opacity, _colours(colours), threshold)


def _covered(
    controls: HeatMapControls,
    picture: str | None,
    model: str,
    labels: str,
    values: tuple[Any, ...],
    event: gr.EventData,
) -> tuple[Any, ...]:
    row, column = getattr(event, "row", None), getattr(event, "column", None)
    if picture is None or not isinstance(row, int) or not isinstance(column, int):
        return (gr.skip(),) * 3
    try:
        asked = asked_of(picture, model, labels, values[:-3], controls)
        names = parse_labels(labels).names
        found = occluded(picture, row, column, model, names, asked.settings)
    except ReplearnError:
        return gr.update(visible=False), gr.skip(), gr.skip()
    return gr.update(visible=True), found.picture, bar_rows(found.covered, found.clean)


def _boxed(event: gr.EventData) -> tuple[float, float, float, float] | None:
    sides = [getattr(event, side, None) for side in ("left", "top", "right", "bottom")]
    left, top, right, bottom = (float(x) if isinstance(x, int | float) else -1.0 for x in sides)
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        return None
    return left, top, right, bottom


def _saved(found: HeatMap | None, opacity: float, colours: str, threshold: float) -> str | None:
    if found is None:
        return None
    return save_heat_map(found, found.overlay(opacity, _colours(colours), threshold))
