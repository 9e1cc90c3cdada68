"""The accuracy of a whole data set over the levels, a line for every model chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError, StoppedError
from replearn.core.pace import duration
from replearn.core.progress import Progress, silent
from replearn.distortions import load_distortion
from replearn.distortions.stack import Stack
from replearn.encoders import lab
from replearn.plotting.distortions.curve_figure import curve_figure
from replearn.plotting.figures import PALETTE
from replearn.results.distortions import ModelCurve, PublishedPoint
from replearn.studies.distortions.model_curves import (
    CurveQuestion,
    computed_curves,
    known_curve,
    seconds_missing,
)
from replearn.studies.distortions.published_points import published_points
from replearn.ui.frame.subject_names import NO_COMPARISON

# where a first look teaches most: networks of the same size, trained in different ways
FIRST_DATA = "shapes"
FIRST_MODELS = ["shapes-supervised", "shapes-simclr", "shapes-supcon", "shapes-clip"]
LAB, ABOVE = f"{FIRST_DATA}, which ship", "the data set above"
WHOSE = (LAB, ABOVE)
TABLE = ["model", "level", "accuracy", "95 % from", "to", "n"]


@dataclass(frozen=True)
class CurvesView:
    """The components of the panel."""

    models: gr.Dropdown
    whose: gr.Radio
    canvas: gr.HTML
    origin: gr.HTML
    flips: gr.Markdown
    refused: gr.HTML
    compute: gr.Button
    stop: gr.Button
    table: gr.Dataframe
    shown: gr.State

    @property
    def shown_by_drawing(self) -> list[Any]:
        """What a drawing fills; the button aside, which says what is missing."""
        return [self.canvas, self.origin, self.flips, self.refused, self.table, self.shown]


@dataclass(frozen=True)
class Whose:
    """Which pictures and models are asked about; those above count where they say so.

    Attributes:
        of: an entry of `WHOSE`.
        models: chosen in the panel.
        dataset, model, compare: above.
    """

    of: str
    models: Sequence[str] | None
    dataset: str
    model: str
    compare: str

    @property
    def pictures(self) -> str:
        """The data set."""
        return FIRST_DATA if self.of == LAB else self.dataset

    @property
    def compared(self) -> list[str]:
        """The models, each once."""
        chosen = list(self.models or ())
        if self.of == LAB:
            return chosen
        left = [self.model] if self.compare == NO_COMPARISON else [self.model, self.compare]
        return list(dict.fromkeys([*left, *chosen]))


def known(view: CurvesView, question: CurveQuestion, models: Sequence[str]) -> dict[Any, Any]:
    """Draw what ships or was computed before, and say what the rest would take."""
    curves: list[ModelCurve] = []
    sentences: list[str] = []
    seconds = 0.0
    for model in models:
        try:
            curves.append(known_curve(question, model))
            seconds += seconds_missing(question, model)
        except ReplearnError as error:
            sentences.append(str(error))
    missing = [found.curve.stamp.model for found in curves if found.flips is None]
    text = f"compute {', '.join(missing)} (about {duration(max(1, seconds))})"
    compute = gr.Button(text, visible=bool(missing))
    return {**_drawn(view, curves, question, sentences), view.compute: compute}


def computed(
    view: CurvesView,
    levels: Sequence[float] | None,
    models: Sequence[str],
    question: CurveQuestion,
    progress: Progress = silent,
) -> Iterator[dict[Any, Any]]:
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
                yield _drawn(view, list(found.values()), question, sentences)
        except StoppedError:
            return
        except ReplearnError as error:
            yield _drawn(view, list(found.values()), question, [*sentences, str(error)])


def curve_question(dataset: str, kind: str, level: float | None, kept: Stack) -> CurveQuestion:
    """Return what is asked of every model; a level that can't be is left out."""
    method = load_distortion(kind)
    try:
        method.check(method.identity_level if level is None else level)
    except ReplearnError:
        level = None  # the box above says so
    return CurveQuestion(dataset, kind, kept, level)


def _drawn(
    view: CurvesView,
    curves: list[ModelCurve],
    question: CurveQuestion,
    sentences: Sequence[str],
) -> dict[Any, Any]:
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
    return {
        view.canvas: figure,
        view.origin: {"text": origin},
        view.flips: _told(published) + _flips(some, method.unit),
        view.refused: " ".join(sentences) or None,
        view.table: rows,
        view.shown: tuple(trial for found in some for trial in found.trials),
    }


def _rounded(point: Any) -> list[str]:
    accuracy = point.accuracy
    return [f"{value:.2f}" for value in (accuracy.value, accuracy.low, accuracy.high)]


def _told(published: Sequence[PublishedPoint]) -> str:
    """Say what the published pictures were that ours are not."""
    before = sorted({point.on for point in published if point.on})
    if not before:
        return ""
    return (
        f"The published points stand for {' and '.join(before)}; the pictures of the lines keep "
        "their colours. Compare how they fall, not how high they stand.\n\n"
    )


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
