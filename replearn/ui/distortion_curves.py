"""The accuracy of a whole data set over the levels, a line for every model chosen."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.distortion_results import ModelCurve, Trial
from replearn.core.errors import ReplearnError, StoppedError
from replearn.core.pace import duration
from replearn.core.progress import Progress, silent
from replearn.distortions import load_distortion
from replearn.distortions.stack import Stack
from replearn.encoders import lab
from replearn.plotting.distortion_figures import curve_figure
from replearn.plotting.figures import PALETTE
from replearn.studies.model_curves import (
    CurveQuestion,
    computed_curves,
    known_curve,
    seconds_missing,
)
from replearn.studies.published_points import published_points
from replearn.studies.trial_files import write_trials
from replearn.ui.components import notice, plot, stamp
from replearn.ui.saving import new_file
from replearn.ui.subject import DATA

# where a first look teaches most: networks of the same size, trained in different ways
FIRST_DATA = "shapes"
FIRST_MODELS = ["shapes-supervised", "shapes-simclr", "shapes-supcon", "shapes-clip"]
TABLE = ["model", "level", "accuracy", "95 % from", "to", "n"]


@dataclass(frozen=True)
class CurvesView:
    """The components of the panel."""

    models: gr.Dropdown
    dataset: gr.Dropdown
    canvas: gr.HTML
    origin: gr.HTML
    flips: gr.Markdown
    refused: gr.HTML
    compute: gr.Button
    stop: gr.Button
    table: gr.Dataframe
    shown: gr.State


def curves_view(names: Sequence[str]) -> CurvesView:
    """Build the panel."""
    gr.Markdown("**And a whole data set?** Accuracy of 200 pictures at each level.")
    with gr.Row(elem_classes="rl-tight"):
        models = gr.Dropdown(
            list(names),
            value=[name for name in FIRST_MODELS if name in names],
            multiselect=True,
            label="Models",
            elem_id="curve-models",
            scale=3,
        )
        dataset = gr.Dropdown(
            list(DATA),
            value=FIRST_DATA,
            label="Data set",
            info="or folder:PATH",
            allow_custom_value=True,
            elem_id="curve-data",
            min_width=150,
        )
    refused = notice("curve-notice")
    with gr.Row(elem_classes="rl-tight"):
        compute = gr.Button("compute", size="sm", visible=False, elem_id="compute-curves")
        stop = gr.Button("stop", size="sm", variant="stop", visible=False)
    canvas = plot("curve")
    origin = stamp("curve-stamp")
    flips = gr.Markdown("", elem_id="curve-flips", elem_classes="rl-card")
    with gr.Accordion("as a table, and the rows to save", open=False):
        table = gr.Dataframe(headers=TABLE, interactive=False, elem_id="curve-table")
        shown = gr.State(())
        with gr.Row(elem_classes="rl-tight"):
            _save_button("CSV", ".csv", shown)
            _save_button("Parquet", ".parquet", shown)
    return CurvesView(
        models,
        dataset,
        canvas,
        origin,
        flips,
        refused,
        compute,
        stop,
        table,
        shown,
    )


def known(
    models: list[str], dataset: str, kind: str, level: float | None, kept: Stack
) -> tuple[Any, ...]:
    """Draw what ships or was computed before, and say what the rest would take."""
    question = curve_question(dataset, kind, level, kept)
    curves: list[ModelCurve] = []
    sentences: list[str] = []
    seconds = 0.0
    for model in models or ():
        try:
            curves.append(known_curve(question, model))
            seconds += seconds_missing(question, model)
        except ReplearnError as error:
            sentences.append(str(error))
    missing = [found.curve.stamp.model for found in curves if found.flips is None]
    text = f"compute {', '.join(missing)} (about {duration(max(1, seconds))})"
    buttons = (gr.Button(text, visible=bool(missing)), gr.Button(visible=bool(missing)))
    return *_drawn(curves, question, sentences), *buttons


def computed(
    levels: Sequence[float] | None,
    models: list[str],
    question: CurveQuestion,
    progress: Progress = silent,
) -> Iterator[tuple[Any, ...]]:
    """Draw again whenever a level of a model is there."""
    found: dict[str, ModelCurve] = {}
    sentences: list[str] = []
    for model in models:
        try:
            found[model] = known_curve(question, model)
        except ReplearnError as error:
            sentences.append(str(error))
    for model in tuple(found):
        try:
            for one in computed_curves(question, model, levels, progress):
                found[model] = one
                yield _drawn(list(found.values()), question, sentences)
        except StoppedError:
            return
        except ReplearnError as error:
            yield _drawn(list(found.values()), question, [*sentences, str(error)])


def curve_question(dataset: str, kind: str, level: float | None, kept: Stack) -> CurveQuestion:
    """Return what is asked of every model; a level that can't be is left out."""
    method = load_distortion(kind)
    try:
        method.check(method.identity_level if level is None else level)
    except ReplearnError:
        level = None  # the box above says so
    return CurveQuestion(dataset, kind, kept, level)


def _drawn(
    curves: list[ModelCurve], question: CurveQuestion, sentences: Sequence[str]
) -> tuple[Any, ...]:
    method = load_distortion(question.distortion)
    level = method.identity_level if question.level is None else question.level
    colours = [_colour(found.curve.stamp.model) for found in curves]
    published = () if question.before.layers else published_points(question.distortion)
    figure = (
        curve_figure([found.curve for found in curves], level, published, colours)
        if curves
        else {"traces": [], "layout": {}}
    )
    some = [found for found in curves if found.trials]
    origin = " / ".join(str(found.curve.stamp) for found in some) or "nothing computed yet"
    rows = [
        [found.curve.stamp.model, f"{p.level:.3g}", *_rounded(p), p.accuracy.n]
        for found in some
        for p in found.curve.points
    ]
    return (
        figure,
        {"text": origin},
        _flips(some, method.unit),
        " ".join(sentences) or None,
        rows,
        tuple(trial for found in some for trial in found.trials),
    )


def _rounded(point: Any) -> list[str]:
    accuracy = point.accuracy
    return [f"{value:.2f}" for value in (accuracy.value, accuracy.low, accuracy.high)]


def _flips(curves: Sequence[ModelCurve], unit: str) -> str:
    lines = [
        f"- {found.curve.stamp.model}: {found.flips.level} ({unit}); "
        f"{found.flips.flipped.value:.0%} of the pictures flip"
        for found in curves
        if found.flips is not None
    ]
    return "\n".join(["Mean level at which a prediction first flips:", "", *lines]) if lines else ""


def _colour(model: str) -> str:
    names = ["photo-clip", "imagenet", *lab.SHIPPED]
    at = names.index(model) if model in names else sum(model.encode())
    return PALETTE[at % len(PALETTE)]


def _save_button(name: str, suffix: str, shown: gr.State) -> None:
    save = gr.Button(f"save rows as {name}", size="sm", elem_id=f"save-rows-{name.lower()}")
    ready = gr.DownloadButton(visible="hidden", elem_id=f"rows-{name.lower()}")
    save.click(functools.partial(_saved, suffix), shown, ready, api_visibility="private").then(
        None, None, None, js=f"() => document.querySelector('#rows-{name.lower()}').click()"
    )


def _saved(suffix: str, trials: Sequence[Trial]) -> str | None:
    if not trials:
        return None
    path = new_file(f"replearn-distortions{suffix}")
    write_trials(trials, path)
    return str(path)
