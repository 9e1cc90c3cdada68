"""A picture walked through all levels: when its answer flips, and its path on the map."""

from dataclasses import dataclass
from typing import Any

import gradio as gr
import numpy as np
from PIL import Image

from replearn.core.errors import ReplearnError
from replearn.distortions import load_distortion
from replearn.encoders.registry import load_model
from replearn.plotting.distortions.path_figure import path_figure
from replearn.results.distortions import Distorted, Walk
from replearn.store.encoded import encode_picture
from replearn.studies.distortions.distorted_answer import distorted_answer
from replearn.studies.distortions.until_it_flips import walk
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.fixed_map import is_quick, last_map, path_map
from replearn.ui.distortions.about import SEED, About
from replearn.ui.frame.components import plot
from replearn.ui.frame.figure import figure
from replearn.ui.frame.progress import to_page

MAPS = ("pca", "umap")  # those that place a new picture at once
Walked = tuple[Walk, MapChoice | None]
"""A walk, and the map that it can be drawn on; None where that would take long."""


@dataclass(frozen=True)
class WalkView:
    """The components of the walk.

    Attributes:
        walked: a `Walked` of the present subject and distortion, or None.
    """

    flipped: gr.Image
    flip: gr.Markdown
    canvas: gr.HTML
    projection: gr.Radio
    place: gr.Button
    walked: gr.State


def walk_view() -> WalkView:
    """Build them where they are to stand."""
    with figure("walk"), gr.Row():
        with gr.Column(scale=1, min_width=200):
            flip = gr.Markdown("", elem_id="flip")
            flipped = gr.Image(
                label="The first that flips",
                interactive=False,
                height=180,
                format="png",
                buttons=[],
                visible=False,
                elem_id="flipped",
            )
        with gr.Column(scale=2, min_width=260):
            projection = gr.Radio(
                list(MAPS), value=MAPS[0], label="Its path on the map", elem_id="path-map"
            )
            place = gr.Button("place it on the map", size="sm", visible=False, elem_id="place")
            canvas = plot("path")
    return WalkView(flipped, flip, canvas, projection, place, gr.State(None))


def set_out(
    view: WalkView, kind: str, about: About, dataset: str, projection: str, level: float | None
) -> dict[Any, Any]:
    """Walk the subject through all levels.

    The path is drawn by itself where the data set's vectors are there already.
    """
    nothing = {view.walked: None, view.flip: "", view.flipped: gr.update(value=None, visible=False)}
    if about.picture is None:
        return nothing
    question = about.asked
    try:
        found = walk(about.picture, kind, about.model, question.get(), SEED, about.kept)
    except ReplearnError:
        return nothing  # the answer's notice says it
    flipped = gr.update(value=found.flipped, visible=found.flipped is not None)
    told: dict[Any, Any] = {view.flip: _flip(found), view.flipped: flipped}
    try:
        quick = is_quick(dataset, about.model)
        choice = MapChoice(dataset, about.model, projection) if quick else None
        if choice is not None:
            path_map(choice)
    except ReplearnError:
        return {**told, view.walked: (found, None), view.place: gr.Button(visible=False)}
    text = f"place it on the map of {dataset} (its pictures are embedded first)"
    told |= {view.walked: (found, choice), view.place: gr.Button(text, visible=not quick)}
    if level is None:
        return told
    try:
        here = distorted_answer(
            about.picture, kind, level, about.model, question.get(), SEED, about.kept
        )
    except ReplearnError:
        return told
    return {**told, **path_at(view, (found, choice), here)}


def path_at(view: WalkView, walked: Walked | None, here: Distorted) -> dict[Any, Any]:
    """Return the path with the place of the present level, if it is a path of this picture."""
    if walked is None:
        return {}
    found, choice = walked
    if choice is None or found.distortion != here.distortion:
        return {}
    if found.stamp.model != here.stamp.model:
        return {}
    vector = encode_picture(load_model(choice.model), Image.fromarray(here.picture))
    drawn = last_map(choice)
    points = drawn.place(np.concatenate([found.vectors, vector[None]]))
    return {view.canvas: path_figure(drawn.found, points[:-1], found, points[-1])}


def placed(
    walked: Walked | None,
    dataset: str,
    projection: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, Any]:
    """Embed the data set that the subject is to be placed among; return walk and button."""
    if walked is None:
        return None, gr.skip()
    choice = MapChoice(dataset, walked[0].stamp.model, projection)
    try:
        path_map(choice, to_page(progress))
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return (walked[0], choice), gr.Button(visible=False)


def _flip(found: Walk) -> str:
    method = load_distortion(found.distortion)
    if found.flip is None:
        return f"**{found.clean}** holds to the strongest level, {method.levels[-1]:g}."
    level = found.levels[found.flip]
    return (
        f"The prediction first flips at **{level:.3g}** ({method.unit}): {found.clean} → "
        f"{found.predictions[found.flip]} ({found.confidences[found.flip]:.2f})."
    )
