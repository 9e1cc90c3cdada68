"""Distortions: what does it take to change its mind?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.data.labels import parse_labels
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.encoders.registry import load_model
from replearn.plotting.bars import bar_rows
from replearn.plotting.figures import curve_figure
from replearn.studies.distorted_answer import distorted_answer
from replearn.studies.kept_trials import shipped_trials
from replearn.studies.robustness import robustness
from replearn.ui.code import distort_code
from replearn.ui.components import bars, described, notice, plot, stamp
from replearn.ui.subject import Subject
from replearn.ui.zero_shot_tab import Question

SEED = 0


def distortions_tab(tab: gr.Tab, subject: Subject, question: Question) -> None:
    """Build the tab."""
    first = next(iter(DISTORTIONS))
    described(
        "**What does it take to change its mind?** Move the slider and watch picture and answer.",
        "The bars are the answer to the distorted picture, the marks on them the answer to the "
        "clean one. The curve below is the accuracy of a whole data set at each level, with its "
        "95 % interval; the dotted line is chance.",
        "One picture says little: its answer may flip early or never. The curve's data set is not "
        "your picture, and people and networks were measured on other pictures again.",
        ("Geirhos et al. 2018", "https://arxiv.org/abs/1808.08750"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            kind = gr.Radio(
                list(DISTORTIONS), value=first, label="Distortion", elem_id="distortion"
            )
            level = gr.Slider(**_range(first), label=_unit(first), elem_id="level")
            picture = gr.Image(
                label="What the model gets", interactive=False, height=260, elem_id="distorted"
            )
            refused = notice("distort-notice")
        with gr.Column(scale=2, min_width=300):
            result = bars("distorted-answer")
            origin = stamp("distorted-stamp")
            canvas = plot("curve")
            curve_origin = stamp("curve-stamp")
    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", interactive=False)

    asked = [subject.picture, subject.model, question.labels, kind, level]
    changed = [picture, result, origin, code, refused]
    gr.on(
        [
            tab.select,
            level.input,
            level.change,
            subject.picture.change,
            subject.model.change,
            question.labels.change,
        ],
        _distort,
        asked,
        changed,
        trigger_mode="always_last",
        show_progress="hidden",
        concurrency_limit=4,
        api_visibility="private",
    )
    kind.change(_new_slider, kind, level, api_visibility="private", show_progress="hidden")
    gr.on(
        [tab.select, kind.change, level.release, subject.model.change, subject.dataset.change],
        _curve,
        [subject.dataset, subject.model, kind, level],
        [canvas, curve_origin],
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )


def _range(kind: str) -> dict[str, Any]:
    method = load_distortion(kind)
    levels = (*method.levels, method.identity_level)
    step = (max(levels) - min(levels)) / 200
    return {
        "minimum": min(levels),
        "maximum": max(levels),
        "value": method.identity_level,
        "step": float(f"{step:.1g}"),
    }


def _unit(kind: str) -> str:
    method = load_distortion(kind)
    return f"Level ({method.unit}); {method.identity_level:g} leaves the picture as it is"


def _new_slider(kind: str) -> gr.Slider:
    return gr.Slider(**_range(kind), label=_unit(kind))


def _distort(
    picture: str | None, model: str, labels: str, kind: str, level: float
) -> tuple[Any, ...]:
    if picture is None:
        return (*[gr.skip()] * 4, "Choose a picture: upload, paste, or take an example.")
    try:
        names = list(parse_labels(labels).names)
        found = distorted_answer(picture, kind, level, model, names, SEED)
    except ReplearnError as error:
        return (*[gr.skip()] * 4, str(error))
    rows = bar_rows(found.changed, found.clean)
    note = f"Cosine between the distorted and the clean picture: {found.cosine_to_clean:.2f}."
    code = distort_code(picture, kind, level, model, names)
    return found.picture, {**rows, "note": note}, {"text": str(found.stamp)}, code, None


def _curve(dataset: str, model: str, kind: str, level: float) -> tuple[Any, Any]:
    """Draw the shipped curve; one that isn't shipped is named with the command that makes it."""
    try:
        if not shipped_trials(dataset, load_model(model)).exists():
            text = (
                f"No curve ships for {model} on {dataset}; compute it with python -m replearn "
                f"robustness --dataset {dataset} --model {model} --distortion {kind}"
            )
            return {"traces": [], "layout": {"height": 60}}, {"text": text}
        found = robustness(dataset, model, kind)
        return curve_figure([found], level), {"text": str(found.stamp)}
    except ReplearnError as error:
        return gr.skip(), {"text": str(error)}
