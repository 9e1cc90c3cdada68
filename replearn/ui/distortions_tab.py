"""Distortions: what does it take to change its mind?"""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from replearn.core.settings import from_environment
from replearn.distortions.stack import Stack
from replearn.ui.components import described
from replearn.ui.distortion_controls import (
    DistortionControls,
    distortion_controls,
    follow_kind,
    kept_nothing,
    kept_with,
    level_at,
)
from replearn.ui.distortion_curves import (
    CurvesView,
    computed,
    curve_question,
    curves_view,
    known,
)
from replearn.ui.distortion_heat_map import heat_map_at, heat_map_view
from replearn.ui.distortion_subject import (
    SubjectView,
    distorted_image,
    from_box,
    from_slider,
    looked_at,
    placed,
    set_out,
    subject_view,
)
from replearn.ui.stopping import Stops
from replearn.ui.subject import Subject, model_names
from replearn.ui.zero_shot_tab import Question

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
LATEST: dict[str, Any] = {**QUIET, "trigger_mode": "always_last"}
_stops = Stops("Stopped; the levels that were counted are kept.")


def distortions_tab(tab: gr.Tab, subject: Subject, question: Question) -> None:
    """Build the tab."""
    described(
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
            view = subject_view(picture, refused)
    curves = curves_view(model_names(from_environment()))
    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", interactive=False)

    _follow_subject(tab, subject, question, controls, view, code)
    gr.on(
        [
            heat_map.on.change,
            controls.kind.change,
            controls.level.change,
            controls.said.change,
            subject.picture.change,
            subject.model.change,
            question.labels.change,
        ],
        heat_map_at,
        [heat_map.on, controls.kind, controls.level, controls.kept, *_asked(subject, question)],
        [heat_map.map, heat_map.refused],
        **LATEST,
    )
    _follow_curves(tab, subject, controls, curves)


def _asked(subject: Subject, question: Question) -> list[Any]:
    return [subject.picture, subject.model, question.labels]


def _follow_subject(
    tab: gr.Tab,
    subject: Subject,
    question: Question,
    controls: DistortionControls,
    view: SubjectView,
    code: gr.Code,
) -> None:
    asked = [controls.kept, *_asked(subject, question)]
    shown = [view.picture, view.answer, view.origin, code, view.refused, view.canvas]
    boxed = ([view.walked, controls.kind, controls.level, *asked], [controls.position, *shown])
    controls.position.input(
        looked_at,
        [controls.kind, controls.position, controls.kept, subject.picture],
        view.picture,
        queue=False,
        **LATEST,
    )
    controls.position.input(
        from_slider,
        [view.walked, controls.kind, controls.position, *asked],
        [controls.level, *shown],
        concurrency_limit=4,
        **LATEST,
    )
    changes = [tab.select, subject.picture.change, subject.model.change, question.labels.change]
    gr.on([controls.level.submit, *changes], from_box, *boxed, concurrency_limit=4, **LATEST)
    setting = [controls.kind, *asked, subject.dataset, view.projection]
    found = [view.walked, view.flip, view.flipped, view.place]
    kinds = follow_kind(controls)
    kept = controls.keep.click(
        kept_with,
        [controls.kept, controls.kind, controls.level],
        [controls.kept, controls.position, controls.level, controls.said, controls.clear],
        **QUIET,
    )
    cleared = controls.clear.click(
        kept_nothing, None, [controls.kept, controls.said, controls.clear], **QUIET
    )
    for begun in (kinds, kept, cleared):
        drawn = begun.then(from_box, *boxed, **QUIET).then(set_out, setting, found, **QUIET)
        drawn.then(from_box, *boxed, **QUIET)
    others = [*changes, subject.dataset.change, view.projection.input]
    gr.on(others, set_out, setting, found, **LATEST).then(from_box, *boxed, **QUIET)
    view.place.click(
        placed,
        [view.walked, subject.dataset, view.projection],
        [view.walked, view.place],
        show_progress_on=view.canvas,
        api_visibility="private",
    ).then(from_box, *boxed, **QUIET)


def _follow_curves(
    tab: gr.Tab, subject: Subject, controls: DistortionControls, view: CurvesView
) -> None:
    shown = [view.canvas, view.origin, view.flips, view.refused, view.table, view.shown]
    asked = [view.models, view.dataset, controls.kind, controls.level, controls.kept]
    gr.on(
        [
            tab.select,
            controls.kind.change,
            controls.level.change,
            view.models.change,
            view.dataset.change,
            controls.said.change,
        ],
        known,
        asked,
        [*shown, view.compute, view.stop],
        **LATEST,
    )
    here: dict[str, Any] = {**LATEST, "concurrency_limit": 2}
    by_slider = [view.models, view.dataset, controls.kind, controls.position, controls.kept]
    by_hand = [
        controls.position.release(_at_slider, by_slider, shown, **here),
        controls.level.submit(_at_level, asked, shown, **here),
    ]
    computing = view.compute.click(
        _all_levels, asked, shown, show_progress_on=view.canvas, api_visibility="private"
    )
    computing.then(known, asked, [*shown, view.compute, view.stop], **QUIET)
    view.stop.click(_stops.wish, None, view.refused, **QUIET)
    gr.on(  # what was asked before would be drawn over what is asked now
        [
            controls.kind.change,
            controls.said.change,
            view.models.change,
            view.dataset.change,
        ],
        None,
        cancels=[*by_hand, computing],
        api_visibility="private",
    )
    subject.dataset.change(lambda name: name, subject.dataset, view.dataset, **QUIET)
    subject.model.change(_with_model, [view.models, subject.model], view.models, **QUIET)


def _with_model(models: list[str], model: str) -> list[str]:
    return models if model in models else [*models, model]


def _at_slider(
    models: list[str], dataset: str, kind: str, position: float, kept: Stack
) -> Iterator[tuple[Any, ...]]:
    yield from _at_level(models, dataset, kind, level_at(kind, position), kept)


def _at_level(
    models: list[str], dataset: str, kind: str, level: float | None, kept: Stack
) -> Iterator[tuple[Any, ...]]:
    question = curve_question(dataset, kind, level, kept)
    if question.level is not None:
        yield from computed([question.level], models, question)


def _all_levels(
    models: list[str],
    dataset: str,
    kind: str,
    level: float | None,
    kept: Stack,
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> Iterator[tuple[Any, ...]]:
    question = curve_question(dataset, kind, level, kept)
    yield from computed(None, models, question, _stops.progress(request, progress))
