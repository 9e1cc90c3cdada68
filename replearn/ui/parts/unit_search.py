"""Which unit knows a value of shapes? The best ones, each a click away."""

import re

import gradio as gr

from replearn.data.shapes.vocabulary import FACTORS
from replearn.studies.parts.unit import knowing
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.progress import to_page
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


def _number(name: str) -> int:
    found = re.match(r"unit (\d+)", name)
    assert found is not None  # as `ranked` wrote it
    return int(found[1])
