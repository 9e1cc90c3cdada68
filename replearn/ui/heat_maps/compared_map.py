"""The same question to the model that is compared with: its heat map beside the first."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.encoders.registry import load_model
from replearn.plotting.heat_value import heat_value
from replearn.results.heat_map import HeatMap
from replearn.studies.answering.heat_map_question import Target
from replearn.studies.heat_maps.explain import explain
from replearn.ui.frame.components import heat, notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, grows_old
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.frame.turns import Turns
from replearn.ui.heat_maps.controls import DrawnMap, fitting_methods
from replearn.ui.heat_maps.viewer import colour_map

NAME = "heat-map-compared"


def compared_map(
    turns: Turns,
    tab: str,
    subject: Subject,
    drawn: gr.State,
    asking: Sequence[Any],
    look: Sequence[Any],
) -> None:
    """Build it; it is seen while a model is chosen to compare with.

    Args:
        turns: the page's.
        tab: the tab's name.
        subject: whose comparison is followed.
        drawn: what the first map was drawn from.
        asking: what the first map is drawn from, which makes this one old too.
        look: opacity, colour map and threshold.
    """
    with gr.Column(visible=False, min_width=300) as column:
        with figure(NAME):
            shown, origin = heat(NAME), stamp("heat-map-compared-stamp")
        refused = notice("heat-map-compared-notice")

    def compared(
        model: str, first: DrawnMap | None, opacity: float, colours: str, threshold: float
    ) -> Shown:
        if first is None or model in {NO_COMPARISON, first.model}:
            return {column: gr.update(visible=False), shown: None, origin: None, refused: None}
        try:
            found = _asked_of(model, first)
        except ReplearnError as error:
            return {column: gr.update(visible=True), refused: str(error)}
        text = f"{found.target} = {found.score:.3g} | {found.stamp}"
        return {
            column: gr.update(visible=True),
            shown: heat_value(found, opacity, colour_map(colours), threshold),
            origin: {"text": text},
            refused: None,
        }

    turn = turns.beside(NAME, tab, after="heat-map")
    draws(
        NAME,
        [turn.change, drawn.change],
        compared,
        [subject.compare, drawn],
        [column, shown, origin, refused],
        refused,
        also=look,
        show_progress="hidden",
        concurrency_limit=2,
    )
    grows_old(NAME, asking)


def _asked_of(model: str, first: DrawnMap) -> HeatMap:
    """Ask another model what the first one was asked, by its method or, without it, the usual one.

    A layer isn't taken over: networks name theirs otherwise.
    """
    asked = first.asked
    method = fitting_methods(model, asked.method)[0]
    settings = {name: value for name, value in asked.settings.items() if name != "layer"}
    return explain(
        first.picture,
        _in_words(first),
        model,
        method,
        against=asked.against,
        finer=asked.finer,
        settings=settings if method == asked.method else {},
    )


def _in_words(first: DrawnMap) -> Target:
    """Return the target as another model understands it: a class by its name, not its number."""
    target = first.asked.target
    if isinstance(target, str) and target.startswith("#"):
        return load_model(first.model).class_names[int(target[1:])]
    return target
