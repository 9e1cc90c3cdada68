"""What the invariance tab answers: at once, or when it is told to measure."""

from dataclasses import replace

import gradio as gr

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.studies.invariance.invariance import InvarianceOptions, invariance
from replearn.studies.invariance.pictures import scene_stack, some_pictures
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.stopping import Stops
from replearn.ui.invariance.asked import (
    FIRST_SCENE,
    OWN,
    SHIPPED,
    Asked,
    asked_stack,
    reference_of,
)
from replearn.ui.invariance.viewer import InvarianceViewer, Measured, all_shipped

STOPS = Stops("Stopped; nothing was measured.")


def levels_answer(view: InvarianceViewer, asked: Asked) -> Shown:
    """Draw the curves of one picture, or the shipped ones; of the user's data when it is asked.

    Raises:
        ReplearnError: they can't be drawn.
    """
    if asked.whose == OWN:
        named = ", ".join(asked.models)
        raise InputError(f"Press measure to change pictures of {asked.dataset} under {named}.")
    if asked.whose == SHIPPED:
        return view.shown(asked, all_shipped(asked.factor), scene_stack(FIRST_SCENE))
    stack, said = asked_stack(asked)
    reference = reference_of(asked, stack)
    options = InvarianceOptions(labels=asked.question.get(), reference=reference)
    found = invariance(stack, asked.factor, asked.models, options)
    return view.shown(asked, found, stack, said)


def measure_answer(
    view: InvarianceViewer, asked: Asked, request: gr.Request, progress: gr.Progress
) -> Shown:
    """Measure pictures of the data set above.

    Raises:
        ReplearnError: they can't be measured, or the page asked to stop.
    """
    told = STOPS.progress(request, progress)
    found = invariance(asked.dataset, asked.factor, asked.models, progress=told)
    stack = some_pictures(load_dataset(asked.dataset), 2, 0).stack.take(slice(1))
    return view.shown(asked, found, stack)


def redrawn(view: InvarianceViewer, kept: Measured | None, asked: Asked) -> Shown | None:
    """Draw measured curves of the user's data on the other scale, without measuring again.

    Returns:
        None where the curves are of something else than what is asked now.
    """
    if kept is None or asked.whose != OWN or kept.asked != replace(asked, plain=kept.asked.plain):
        return None
    return view.shown(asked, kept.found[0], kept.stack)
