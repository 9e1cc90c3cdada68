"""What the invariance tab shows, from what is asked."""

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import InputError, ReplearnError
from replearn.core.invariance_results import Invariance
from replearn.core.pace import duration
from replearn.data import load_dataset
from replearn.data.labels import parse_labels
from replearn.plotting.invariance_figures import level_figure
from replearn.plotting.invariance_table import invariance_table
from replearn.plotting.model_styles import legend_value
from replearn.studies.invariance import InvarianceOptions, invariance
from replearn.studies.invariance_cost import expected_seconds
from replearn.studies.invariance_factors import FACTORS, Stack
from replearn.studies.invariance_findings import findings
from replearn.studies.invariance_pictures import scene_stack, some_pictures, subject_stack
from replearn.studies.invariance_shipped import read_invariance
from replearn.ui.code import InvarianceAsked, invariance_code
from replearn.ui.stopping import Stops
from replearn.ui.subject import NO_COMPARISON

SUBJECT, SCENE = "the subject", "a rendered scene"
SHIPPED, OWN = "200 pictures of shapes", "the data set at the left"
WHOSE = [SUBJECT, SCENE, SHIPPED, OWN]
STOPS = Stops("Stopped; nothing was measured.")
THUMBNAIL = 112  # pixels
EMPTY: dict[str, Any] = {"traces": [], "layout": {}}
UNCHANGED = (gr.skip(),) * 9  # all outputs but the sentence


@dataclass(frozen=True)
class Asked:
    """The inputs of the tab, in order."""

    picture: str | None
    model: str
    compare: str
    dataset: str
    labels: str
    factor: str
    whose: str
    scene: float | None
    beside: list[str]
    plain: bool

    @property
    def models(self) -> tuple[str, ...]:
        """The model at the left, the one it is compared with, and those beside."""
        named = [self.model, self.compare, *self.beside]
        return tuple(dict.fromkeys(name for name in named if name and name != NO_COMPARISON))

    @property
    def alone(self) -> bool:
        """Whether one picture is asked about."""
        return self.whose in {SUBJECT, SCENE}


def table_text(measure: str) -> str:
    """Return the shipped table, or the sentence that says how to make it."""
    try:
        found = read_invariance()
    except ReplearnError as error:
        return str(error)
    if found is None:
        return "The table isn't here: `python -m replearn invariance --all` makes it."
    return invariance_table(found.factors, measure)


def findings_text() -> str:
    """Return what the shipped table shows, in sentences with its numbers."""
    try:
        found = read_invariance()
    except ReplearnError:
        return ""  # the table's place says it
    return "" if found is None else "\n".join(f"- {one}" for one in findings(found))


def levels_answer(*values: Any) -> tuple[Any, ...]:
    """Draw the curves of one picture, or the shipped ones; of the user's data when it is asked."""
    asked = Asked(*values)
    try:
        if asked.whose == OWN:
            told = f"Press measure to change pictures of {asked.dataset} under {_named(asked)}."
            return told, *UNCHANGED
        if asked.whose == SHIPPED:
            return _answer(asked, _all_shipped(asked.factor), scene_stack(0), None)
        stack, said = _stack(asked)
        labels = tuple(parse_labels(asked.labels).names)
        reference = "shapes" if stack.scenes is not None else asked.dataset
        options = InvarianceOptions(labels=labels, reference=reference)
        found = invariance(stack, asked.factor, asked.models, options)
        return _answer(asked, found, stack, said)
    except ReplearnError as error:
        return str(error), *UNCHANGED


def measure_answer(
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    *values: Any,
) -> tuple[Any, ...]:
    """Measure pictures of the data set at the left."""
    asked, told = Asked(*values), STOPS.progress(request, progress)
    try:
        found = invariance(asked.dataset, asked.factor, asked.models, progress=told)
        stack = some_pictures(load_dataset(asked.dataset), 2, 0).stack.take(slice(1))
        return _answer(asked, found, stack, None)
    except ReplearnError as error:
        return str(error), *UNCHANGED


def redrawn(kept: tuple[Invariance, ...] | None, whose: str, plain: bool) -> Any:
    """Draw measured curves of the user's data on the other scale, without measuring again."""
    if not kept or whose != OWN:
        return gr.skip()  # others are drawn anew by `levels_answer`
    return level_figure(kept[0], "plain cosine" if plain else "cosine")


def measure_label(*values: Any) -> str:
    """Say what the button does and about how long it takes."""
    asked = Asked(*values)
    if asked.whose != OWN:
        return "measure"
    try:
        seconds = expected_seconds(asked.dataset, asked.factor, asked.models)
    except ReplearnError:
        return "measure"  # the sentence comes when it is pressed
    return f"measure (about {duration(max(1.0, seconds))})"


def _named(asked: Asked) -> str:
    return ", ".join(asked.models)


def _stack(asked: Asked) -> tuple[Stack, str | None]:
    """Return the picture, and a sentence where it isn't the one that was asked for."""
    if asked.whose == SCENE:
        return scene_stack(int(asked.scene or 0)), None
    if FACTORS[asked.factor].needs_scene:
        said = (
            f"A photograph's {asked.factor} can't be changed: here is scene {int(asked.scene or 0)}"
            " of shapes instead, rendered anew at each level."
        )
        return scene_stack(int(asked.scene or 0)), said
    if asked.picture is None:
        raise InputError("Choose a picture: upload, paste, or take an example.")
    return subject_stack(asked.picture), None


def _all_shipped(factor: str) -> Invariance:
    """Return the shipped curves of all models under a factor.

    Raises:
        InputError: there are none.
    """
    kept = read_invariance()
    found = None if kept is None else kept.factors.get(factor)
    if found is None:
        raise InputError(f"No curve under {factor} ships; choose {OWN}, and shapes, to measure it.")
    return found


def _answer(asked: Asked, found: Invariance, stack: Stack, said: str | None) -> tuple[Any, ...]:
    """Return notice, strip, legend, three figures, note, stamp, code and what can be saved."""
    measured = _accuracies(asked) if asked.alone else found
    kind = "plain cosine" if asked.plain else "cosine"
    figures = (level_figure(found, kind), level_figure(found, "probability"))
    accuracy = EMPTY if measured is None else level_figure(measured, "accuracy")
    text = str(found.stamp)
    kept: tuple[Invariance, ...] = (found,)
    if measured is not None and measured is not found:
        text += f" || accuracy: {measured.stamp}"
        kept = (found, measured)
    return (
        said,
        _strip(found, stack),
        legend_value(curve.model for curve in found.embeddings),
        *figures,
        accuracy,
        _note(found, measured),
        {"text": text},
        _code(asked, stack),
        kept,
    )


def _note(found: Invariance, measured: Invariance | None) -> str:
    """Say of which models a figure has no line, and why."""
    silent = [curve.model for curve in found.embeddings if not curve.probability]
    counted = {curve.model for curve in measured.embeddings} if measured else set()
    missing = [curve.model for curve in found.embeddings if curve.model not in counted]
    notes = []
    if silent:
        notes.append(f"No probability of {_listed(silent)}: without a head or labels no answer.")
    if missing:
        notes.append(
            f"No accuracy of {_listed(missing)} ships; choose *{OWN}* and `shapes` to measure it."
        )
    return " ".join(notes)


def _listed(models: list[str]) -> str:
    return ", ".join("`" + model.replace("`", "") + "`" for model in models)


def _accuracies(asked: Asked) -> Invariance | None:
    """Return the shipped curves of the models that are asked for; None where there are none."""
    try:
        found = _all_shipped(asked.factor)
    except InputError:
        return None
    curves = tuple(curve for curve in found.curves if curve.model in asked.models)
    return replace(found, curves=curves) if curves else None


def _strip(found: Invariance, stack: Stack) -> list[tuple[Image.Image, str]]:
    """Return the first picture at each level, with the level."""
    factor, levels = FACTORS[found.factor], found.curves[0].levels
    first = stack.take(slice(0, 1))
    shown = []
    for level in levels:
        values = factor.at(first, level)[0]
        picture = Image.fromarray((values * 255 + 0.5).astype("uint8"))
        picture = picture.resize((THUMBNAIL, THUMBNAIL), Image.Resampling.BICUBIC)
        shown.append((picture, "untouched" if level == factor.identity else f"{level:.3g}"))
    return shown


def _code(asked: Asked, stack: Stack) -> str:
    scene = int(asked.scene or 0) if asked.alone and stack.scenes is not None else None
    return invariance_code(
        InvarianceAsked(
            asked.picture if asked.alone else None,
            scene,
            {SHIPPED: "shapes", OWN: asked.dataset}.get(asked.whose, ""),
            asked.factor,
            asked.models,
            tuple(parse_labels(asked.labels).names) if asked.alone else (),
        )
    )
