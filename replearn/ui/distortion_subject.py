"""One picture under a distortion: how it looks, what is answered, where it goes, when it flips."""

from dataclasses import dataclass
from typing import Any

import gradio as gr
import numpy as np
from PIL import Image

from replearn.core.answers import Distorted
from replearn.core.distortion_results import Walk
from replearn.core.errors import ReplearnError
from replearn.data.labels import parse_labels
from replearn.distortions import load_distortion
from replearn.distortions.stack import Stack
from replearn.encoders.registry import load_model
from replearn.plotting.bars import change_rows
from replearn.plotting.path_figure import path_figure
from replearn.store.encoded import encode_picture
from replearn.studies.distorted_answer import distorted_answer, distorted_picture
from replearn.studies.embedding_map import MapChoice
from replearn.studies.path_on_map import is_quick, last_map, path_map
from replearn.studies.walk import walk
from replearn.ui.code import distort_code
from replearn.ui.components import bars, notice, plot, stamp
from replearn.ui.distortion_controls import level_at
from replearn.ui.progress import to_page

SEED = 0
NO_PICTURE = "Choose a picture: upload, paste, or take an example."
MAPS = ("pca", "umap")  # those that place a new picture at once


@dataclass(frozen=True)
class SubjectView:
    """The components that follow the slider.

    Attributes:
        walked: a (Walk, MapChoice or None) of the present subject and distortion, or None.
    """

    picture: gr.Image
    refused: gr.HTML
    answer: gr.HTML
    origin: gr.HTML
    flipped: gr.Image
    flip: gr.Markdown
    canvas: gr.HTML
    projection: gr.Radio
    place: gr.Button
    walked: gr.State


Walked = tuple[Walk, MapChoice | None]
"""A walk, and the map that it can be drawn on; None where that would take long."""


def distorted_image() -> tuple[gr.Image, gr.HTML]:
    """Build what stands below the controls."""
    picture = gr.Image(
        label="What the model gets",
        interactive=False,
        height=260,
        format="png",
        buttons=[],
        elem_id="distorted",
    )
    return picture, notice("distort-notice")


def subject_view(picture: gr.Image, refused: gr.HTML) -> SubjectView:
    """Build what stands beside the controls."""
    answer = bars("distorted-answer")
    origin = stamp("distorted-stamp")
    with gr.Row():
        with gr.Column(scale=1, min_width=200):
            flip = gr.Markdown("", elem_id="flip")
            flipped = gr.Image(
                label="The first that flips",
                interactive=False,
                height=180,
                format="png",
                buttons=[],
                elem_id="flipped",
            )
        with gr.Column(scale=2, min_width=260):
            projection = gr.Radio(
                list(MAPS), value=MAPS[0], label="Its path on the map", elem_id="path-map"
            )
            place = gr.Button("place it on the map", size="sm", visible=False, elem_id="place")
            canvas = plot("path")
    walked = gr.State(None)
    return SubjectView(
        picture,
        refused,
        answer,
        origin,
        flipped,
        flip,
        canvas,
        projection,
        place,
        walked,
    )


def looked_at(kind: str, position: float, kept: Stack, picture: str | None) -> Any:
    """Return the picture alone at the slider's place: it is there before any answer."""
    if picture is None:
        return gr.skip()
    try:
        stack = kept.then(kind, level_at(kind, position))
        found = distorted_picture(picture, stack, SEED)
    except ReplearnError:
        return gr.skip()  # `seen` says it
    return np.asarray(found)


def from_slider(walked: Walked | None, kind: str, position: float, *asked: Any) -> tuple[Any, ...]:
    """Return the slider's level, and what follows it."""
    level = level_at(kind, position)
    return level, *seen(walked, kind, level, *asked)


def from_box(walked: Walked | None, kind: str, level: float | None, *asked: Any) -> tuple[Any, ...]:
    """Return the place of a typed level, and what follows it."""
    if level is None:
        return gr.skip(), *_refused("Type a level.")
    return load_distortion(kind).position_of(level), *seen(walked, kind, level, *asked)


def seen(
    walked: Walked | None,
    kind: str,
    level: float,
    kept: Stack,
    picture: str | None,
    model: str,
    labels: str,
) -> tuple[Any, ...]:
    """Return picture, bars, stamp, code, notice and path at a level."""
    if picture is None:
        return _refused(NO_PICTURE)
    try:
        names = list(parse_labels(labels).names)
        found = distorted_answer(picture, kind, level, model, names, SEED, kept)
    except ReplearnError as error:
        return _refused(str(error))
    rows = change_rows(found.changed, found.clean)
    best = found.clean.labels[found.clean.order[0]]
    note = f"Clean: {best}. Cosine to the clean picture: {found.cosine_to_clean:.2f}."
    code = distort_code(picture, found, model, names, kept)
    path = gr.skip() if walked is None else _path(walked, found)
    return found.picture, {**rows, "note": note}, {"text": str(found.stamp)}, code, None, path


def _refused(sentence: str) -> tuple[Any, ...]:
    return (*[gr.skip()] * 4, sentence, gr.skip())


def _path(walked: Walked, found: Distorted) -> Any:
    walk_, choice = walked
    if choice is None or walk_.distortion != found.distortion:
        return gr.skip()
    if walk_.stamp.model != found.stamp.model:
        return gr.skip()
    here = encode_picture(load_model(choice.model), Image.fromarray(found.picture))
    drawn = last_map(choice)
    points = drawn.place(np.concatenate([walk_.vectors, here[None]]))
    return path_figure(drawn.found, points[:-1], walk_, points[-1])


def set_out(
    kind: str,
    kept: Stack,
    picture: str | None,
    model: str,
    labels: str,
    dataset: str,
    projection: str,
) -> tuple[Any, ...]:
    """Walk the subject through all levels; return walk, flip, its picture, and the button.

    The map is drawn by itself where the data set's vectors are there already.
    """
    if picture is None:
        return None, "", None, gr.skip()
    try:
        found = walk(picture, kind, model, parse_labels(labels).names, SEED, kept)
    except ReplearnError:
        return None, "", None, gr.skip()  # `seen` says it
    try:
        quick = is_quick(dataset, model)
        choice = MapChoice(dataset, model, projection) if quick else None
        if choice is not None:
            path_map(choice)
    except ReplearnError:
        return (found, None), _flip(found), found.flipped, gr.Button(visible=False)
    text = f"place it on the map of {dataset} (its pictures are embedded first)"
    button = gr.Button(text, visible=not quick)
    return (found, choice), _flip(found), found.flipped, button


def placed(
    walked: Walked | None,
    dataset: str,
    projection: str,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, Any]:
    """Embed the data set that the subject is to be placed among."""
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
