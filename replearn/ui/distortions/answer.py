"""The picture at a level: how it looks, and what is answered."""

from dataclasses import dataclass
from typing import Any

import gradio as gr
import numpy as np
from PIL import Image

from replearn.core.errors import ReplearnError
from replearn.distortions import load_distortion
from replearn.distortions.stack import Stack
from replearn.plotting.bars import change_rows
from replearn.results.distortions import Distorted
from replearn.studies.distortions.distorted_answer import distorted_answer, distorted_picture
from replearn.taking_home.answers import distorted_table, picture_shot
from replearn.taking_home.asked import Asked, Shot
from replearn.ui.distortions.about import SEED, About
from replearn.ui.distortions.controls import DistortionControls, level_at
from replearn.ui.distortions.walk import Walked, WalkView, path_at
from replearn.ui.frame.code import distort_code
from replearn.ui.frame.components import bars, notice, stamp
from replearn.ui.frame.figure import figure
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.picture_code import at_home, called
from replearn.ui.frame.subject import NO_PICTURE


@dataclass(frozen=True)
class AnswerView:
    """The components that follow the level."""

    controls: DistortionControls
    picture: gr.Image
    refused: gr.HTML
    answer: gr.HTML
    origin: gr.HTML
    code: gr.Code
    walk: WalkView

    @property
    def shown(self) -> list[Any]:
        """What an answer fills."""
        return [
            self.picture,
            self.answer,
            self.origin,
            self.code,
            self.refused,
            self.walk.canvas,
        ]


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


def answer_bars() -> tuple[gr.HTML, gr.HTML]:
    """Build bars and stamp."""
    with figure("distorted"):
        return bars("distorted-answer"), stamp("distorted-stamp")


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


def from_slider(
    view: AnswerView, kind: str, position: float, about: About, walked: Walked | None
) -> dict[Any, Any]:
    """Return the slider's level, and what follows it."""
    level = level_at(kind, position)
    return {view.controls.level: level, **seen(view, kind, level, about, walked)}


def from_box(
    view: AnswerView, kind: str, level: float | None, about: About, walked: Walked | None
) -> dict[Any, Any]:
    """Return the place of a typed level, and what follows it."""
    if level is None:
        return {view.refused: "Type a level."}
    place = load_distortion(kind).position_of(level)
    return {view.controls.position: place, **seen(view, kind, level, about, walked)}


def seen(
    view: AnswerView, kind: str, level: float, about: About, walked: Walked | None
) -> dict[Any, Any]:
    """Return picture, bars, stamp, code and path at a level, or the notice that says why not."""
    if about.picture is None:
        return {view.refused: NO_PICTURE}
    try:
        question = about.asked.get()
        found = distorted_answer(
            about.picture, kind, level, about.model, question, SEED, about.kept
        )
    except ReplearnError as error:
        return {view.refused: str(error)}
    best = found.clean.labels[found.clean.order[0]]
    note = f"Clean: {best}. Cosine to the clean picture: {found.cosine_to_clean:.2f}."
    return {
        view.picture: found.picture,
        view.answer: {**change_rows(found.changed, found.clean), "note": note},
        view.origin: {"text": str(found.stamp)},
        view.code: distort_code(about.picture, found, about.model, question, about.kept),
        view.refused: None,
        ASKED: _entry(about.picture, about, found),
        **path_at(view.walk, walked, found),
    }


def _entry(picture: str, about: About, found: Distorted) -> Asked:
    level = f"{found.distortion} {found.level:g}"
    before = f" after {about.kept}" if about.kept.layers else ""
    return Asked(
        "Distortions",
        f"What does {about.model} say of {called(picture)} under {level}{before}?",
        (picture, about.model, found.distortion, about.kept),
        lambda place: distort_code(
            at_home(place, picture), found, about.model, about.asked.get(), about.kept
        ),
        str(found.stamp),
        distorted_table(found),
        f"Cosine to the clean picture: {found.cosine_to_clean:.3f}.",
        (picture_shot(picture), Shot(Image.fromarray(found.picture), level)),
    )
