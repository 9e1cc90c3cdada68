"""Distortions: what does it take to change its mind?"""

from typing import Any

import gradio as gr

from replearn.distortions.stack import Stack
from replearn.ui.distortions.answer import AnswerView, answer_bars, distorted_image
from replearn.ui.distortions.asking import NAME, answers_at_a_level, walks_through_all
from replearn.ui.distortions.controls import distortion_controls
from replearn.ui.distortions.curves_panel import curves_view, follows
from replearn.ui.distortions.heat_map import HeatMapView, heat_map_at, heat_map_view
from replearn.ui.distortions.walk import walk_view
from replearn.ui.frame.components import code_panel
from replearn.ui.frame.figure import Shown, draws, refusing
from replearn.ui.frame.question import QuestionBox
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import Turns
from replearn.ui.lessons.introduced import introduced

HEAT = "distorted-heat"


def distortions_tab(turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Build the tab."""
    introduced(
        "distortions",
        "**What does it take to change its mind?** Move the slider and watch picture and answer.",
        "The bars are the answer to the distorted picture, the marks on them the answer to the "
        "clean one. Below, each line is a model's accuracy on a data set at each level, with its "
        "95 % interval; the dotted line is chance. Slider and axis run in equal steps from one "
        "listed level to the next, though the levels themselves don't.",
        "One picture says little: its answer may flip early or never. People and networks of the "
        "published figures saw other pictures and 16 classes, all but the first point made grey "
        "beforehand (and at 30 % contrast under uniform noise): compare how they fall, not how "
        "high they stand. The way on a map is the way of two numbers out of many.",
        ("Geirhos et al. 2018", "https://arxiv.org/abs/1808.08750"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=280):
            controls = distortion_controls()
            picture, refused = distorted_image()
            heat_map = heat_map_view()
        with gr.Column(scale=2, min_width=300):
            answer, origin = answer_bars()
            walk = walk_view()
    curves = curves_view(subject.models)
    code = code_panel("distortions-code")
    view = AnswerView(controls, picture, refused, answer, origin, code, walk)
    asked = [subject.picture, subject.model, question.asked]
    answering = answers_at_a_level(turns, view, asked)
    walks_through_all(turns, view, asked, subject.dataset)
    follows(turns, curves, controls, subject)
    turns.answered(NAME, "distorted", answering)
    _looks(turns, heat_map, view, asked)


def _looks(turns: Turns, heat_map: HeatMapView, view: AnswerView, asked: list[Any]) -> None:
    """Draw the heat map of the distorted picture while its panel is open."""
    controls = view.controls
    turn = turns.panel(HEAT, NAME, heat_map.panel)
    turns.stir(HEAT, [controls.kind.input, controls.level.change, controls.said.change])

    @refusing(heat_map.refused)
    def located(
        kind: str, level: float | None, kept: Stack, picture: str | None, *asked: Any
    ) -> Shown:
        if picture is None or level is None:
            return {}
        return {heat_map.map: heat_map_at(kind, level, kept, picture, *asked)}

    draws(
        HEAT,
        [turn.change],
        located,
        [controls.kind, controls.level, controls.kept, *asked],
        [heat_map.map, heat_map.refused],
        heat_map.refused,
        show_progress="hidden",
    )
