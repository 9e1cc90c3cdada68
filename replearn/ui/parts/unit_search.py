"""Which unit knows a value of shapes? The best ones, each a click away."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.data.shapes.vocabulary import FACTORS
from replearn.studies.parts.units.unit import knowing
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.progress import promises, to_page
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET

LAST = "the last"


def unit_search(subject: Subject, layer: gr.Dropdown, index: gr.Number) -> None:
    """Build the search; a click on a unit that it found writes its number into `index`."""
    knows = gr.Dropdown(
        [f"{factor}: {value}" for factor, values in FACTORS.items() for value in values],
        value=None,
        label="Which unit knows ...?",
        info="ranks the layer's units by AUC on shapes; 0.5 is chance",
        elem_id="unit-knows",
    )
    refused = notice("unit-search-notice")
    with figure("unit-search"):
        best = gr.Radio([], label="Its best units", visible=False, elem_id="best-units")

    @refusing(refused)
    def ranked(
        model: str,
        wanted: str,
        value: str | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if not value:
            return {best: gr.Radio([], value=None, visible=False)}
        asked = "" if wanted == LAST else wanted
        found = knowing(model, value, asked, progress=to_page(progress))
        names = [f"unit {number}: {area:.2f}" for number, area in found]
        return {best: gr.Radio(names, value=None, visible=True)}

    draws(
        "unit-search",
        [knows.input],
        ranked,
        [subject.model, layer, knows],
        [best, refused],
        refused,
        show_progress_on=[best],
    )
    best.input(_number, best, index, **QUIET)


@dataclass(frozen=True)
class Place:
    """Where the unit is looked for: the components that say so.

    Attributes:
        turn: of the panel.
        model: the page's.
        layer: by its name, or `LAST`.
        index: of the unit.
    """

    turn: gr.Number
    model: gr.State
    layer: gr.Dropdown
    index: gr.Number

    def promises(
        self, button: gr.Button, seconds: Callable[[str, str], float], listener: Any
    ) -> None:
        """Let a button say how long its work takes for a unit of this layer."""

        def of_layer(model: str, wanted: str) -> float:
            return seconds(model, "" if wanted == LAST else wanted)

        events = [self.turn.change, self.layer.change]
        promises(button, events, of_layer, [self.model, self.layer], listener)


def _number(name: str) -> int:
    found = re.match(r"unit (\d+)", name)
    assert found is not None  # as `ranked` wrote it
    return int(found[1])
