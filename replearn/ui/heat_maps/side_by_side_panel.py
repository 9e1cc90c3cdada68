"""Several heat maps side by side: methods, classes, layers, or a whole data set."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.pace import duration
from replearn.core.progress import Progress
from replearn.core.question import Question
from replearn.results.heat_map import HeatMap
from replearn.studies.heat_maps import side_by_side as rows
from replearn.studies.heat_maps.cost import method_seconds
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked as PageAsked
from replearn.ui.frame.question import QuestionBox
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import LATEST, Turns
from replearn.ui.heat_maps.controls import Asked, HeatMapControls, asked_of
from replearn.ui.heat_maps.viewer import colour_map

METHODS, CLASSES = "methods", "the five best answers"
LAYERS, PICTURES = "layers, shallow to deep", "the data set's pictures, highest score first"
SHOWN = [METHODS, CLASSES, LAYERS, PICTURES]
HOW_MANY = 24


def heat_map_rows_panel(
    turns: Turns,
    subject: Subject,
    question: QuestionBox,
    controls: HeatMapControls,
    look: Sequence[Any],
) -> None:
    """Build the panel.

    Args:
        turns: the page's.
        subject: picture, model and data set.
        question: the page's labels.
        controls: the tab's.
        look: opacity, colour map and threshold.
    """
    with gr.Accordion("side by side", open=False, elem_id="heat-rows") as panel:
        gr.Markdown(
            "The same question to several methods, about several answers, at several layers, or "
            "about many pictures. Each map has a scale of its own."
        )
        with gr.Row():
            what = gr.Radio(SHOWN, value=METHODS, label="Side by side", elem_id="heat-rows-what")
            with gr.Row(elem_classes="rl-buttons"):
                show = gr.Button("show", size="sm", variant="primary", elem_id="heat-rows-show")
                stop = stop_button("heat-rows")
        refused = notice("heat-rows-notice")
        with figure("heat-rows"):
            gallery = gr.Gallery(
                label="Heat maps",
                columns=5,
                object_fit="contain",
                height="auto",
                buttons=["fullscreen", "download"],
                elem_id="heat-rows-gallery",
            )
            origin = stamp("heat-rows-stamp")

    @refusing(refused)
    def shown(
        what: str,
        picture: str | None,
        model: str,
        dataset: str,
        asked: PageAsked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Shown:
        *asking, opacity, colours, threshold = values
        if picture is None:
            raise InputError(NO_PICTURE)
        wanted = asked_of(picture, model, asked, asking, controls)
        found = _maps(what, picture, model, dataset, asked.get(), wanted, to_page(progress))
        return {
            gallery: [
                (one.overlay(opacity, colour_map(colours), threshold), title)
                for title, one in found
            ],
            origin: {"text": str(found[0][1].stamp)} if found else None,
        }

    turn = turns.panel("heat-rows", "heat-maps", panel)
    turns.stir("heat-rows", [what.input, controls.method.input])
    turn.change(_expected, [what, subject.model, controls.method], show, **LATEST)
    drawn = draws(
        "heat-rows",
        [show.click],
        shown,
        [
            what,
            subject.picture,
            subject.model,
            subject.dataset,
            question.asked,
            *controls.inputs,
        ],
        [gallery, refused, origin],
        refused,
        also=look,
        concurrency_limit=1,
        show_progress_on=[gallery],
    )
    cancels(stop, "heat-rows", drawn)


def _expected(what: str, model: str, method: str) -> str:
    """Say how long the maps take here."""
    try:
        took = method_seconds(model)
    except ReplearnError:
        return "show"  # what is wrong is said when it is pressed
    one = took.get(method, 0.0)
    seconds = {
        METHODS: sum(took.get(name, 0.0) for name in rows.QUICK),
        CLASSES: rows.CLASSES * one,
        LAYERS: rows.LAYERS * took.get(rows.BY_LAYER, 0.0),
        PICTURES: HOW_MANY * one,
    }[what]
    return f"show (about {duration(max(1.0, seconds))})"


def _maps(
    what: str,
    picture: str,
    model: str,
    dataset: str,
    question: Question,
    asked: Asked,
    tell: Progress,
) -> list[tuple[str, HeatMap]]:
    """Return the maps with their titles."""
    if what == METHODS:
        maps = rows.of_methods(picture, asked.target, model, asked.against, tell)
        return [(one.method, one) for one in maps]
    if what == CLASSES:
        maps = rows.of_top_classes(picture, question, model, asked.method, progress=tell)
        return [(f"{one.target} = {one.score:.3g}", one) for one in maps]
    if what == LAYERS:
        maps = rows.of_layers(picture, asked.target, model, progress=tell)
        return [
            (f"{one.layer}, {one.values.shape[0]} x {one.values.shape[1]}", one) for one in maps
        ]
    of_pictures = rows.over_pictures(
        dataset, str(asked.target), model, asked.method, HOW_MANY, tell
    )
    return [(f"{one.score:.3g} {name}", one) for name, one in of_pictures]
