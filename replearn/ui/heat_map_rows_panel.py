"""Several heat maps side by side: methods, classes, layers, or a whole data set."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.heat_map import HeatMap
from replearn.core.progress import Progress
from replearn.data.labels import parse_labels
from replearn.studies import heat_map_rows as rows
from replearn.ui.components import notice, stamp
from replearn.ui.heat_map_controls import Asked, HeatMapControls, asked_of
from replearn.ui.progress import to_page
from replearn.ui.subject import Subject
from replearn.ui.zero_shot_tab import Question

METHODS, CLASSES = "methods", "the five best answers"
LAYERS, PICTURES = "layers, shallow to deep", "the data set's pictures, highest score first"
SHOWN = [METHODS, CLASSES, LAYERS, PICTURES]
HOW_MANY = 24


def heat_map_rows_panel(
    subject: Subject, question: Question, controls: HeatMapControls, look: Sequence[Any]
) -> None:
    """Build the panel.

    Args:
        subject: picture, model and data set.
        question: the page's labels.
        controls: the tab's.
        look: opacity, colour map and threshold.
    """
    with gr.Accordion("side by side", open=False, elem_id="heat-rows"):
        gr.Markdown(
            "The same question to several methods, about several answers, at several layers, or "
            "about many pictures. Each map has a scale of its own."
        )
        with gr.Row():
            what = gr.Radio(SHOWN, value=METHODS, label="Side by side", elem_id="heat-rows-what")
            show = gr.Button("show (5 to 20 s)", variant="primary", elem_id="heat-rows-show")
            stop = gr.Button("stop", size="sm", variant="stop")
        refused = notice("heat-rows-notice")
        gallery = gr.Gallery(
            label="Heat maps",
            columns=5,
            object_fit="contain",
            height="auto",
            buttons=["fullscreen", "download"],
            elem_id="heat-rows-gallery",
        )
        origin = stamp("heat-rows-stamp")

    def shown(
        what: str,
        picture: str | None,
        model: str,
        dataset: str,
        labels: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> tuple[Any, ...]:
        if picture is None:
            return gr.skip(), "Choose a picture: upload, paste, or take an example.", gr.skip()
        *asking, opacity, colours, threshold = values
        chosen = "" if colours == "the usual one" else colours
        try:
            asked = asked_of(picture, model, labels, asking, controls)
            names = parse_labels(labels).names
            found = _maps(what, picture, model, dataset, names, asked, to_page(progress))
        except ReplearnError as error:
            return gr.skip(), str(error), gr.skip()
        pictures = [(one.overlay(opacity, chosen, threshold), title) for title, one in found]
        return pictures, None, {"text": str(found[0][1].stamp)} if found else None

    drawn = show.click(
        shown,
        [
            what,
            subject.picture,
            subject.model,
            subject.dataset,
            question.labels,
            *controls.inputs,
            *look,
        ],
        [gallery, refused, origin],
        concurrency_limit=1,
        api_visibility="private",
    )
    stop.click(None, cancels=[drawn], api_visibility="private")


def _maps(
    what: str,
    picture: str,
    model: str,
    dataset: str,
    labels: Sequence[str],
    asked: Asked,
    tell: Progress,
) -> list[tuple[str, HeatMap]]:
    """Return the maps with their titles."""
    if what == METHODS:
        maps = rows.of_methods(picture, asked.target, model, asked.against, tell)
        return [(one.method, one) for one in maps]
    if what == CLASSES:
        maps = rows.of_top_classes(picture, labels, model, asked.method, progress=tell)
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
