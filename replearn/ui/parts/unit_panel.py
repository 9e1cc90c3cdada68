"""One unit at a time: which respond to the picture, and what one of them responds to."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.plotting.parts.pictures import map_over
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.parts.cost import unit_seconds
from replearn.studies.parts.units.activations import Activations, activations
from replearn.studies.parts.units.unit import unit
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.saving import save_units, saved_by
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.frame.turns import Turns
from replearn.ui.parts.draw_button import draw_button
from replearn.ui.parts.unit_search import LAST, Place, unit_search
from replearn.ui.parts.unit_view import unit_view
from replearn.ui.parts.unit_without import unit_without
from replearn.ui.parts.unit_words import unit_words_panel


def unit_panel(turns: Turns, subject: Subject, question: QuestionBox, to_draw: gr.State) -> None:
    """Build the panel.

    Args:
        turns, subject, question: the page's.
        to_draw: takes the unit that is to be drawn in the tab Dreams.
    """
    with gr.Accordion("one unit at a time", open=False, elem_id="units") as panel:
        gr.Markdown(
            "The units of a layer that respond most to the picture; click one to take its number. "
            "Then its pictures: those it responds to most, cut to what the unit saw of them, and "
            "some from the middle and the low end, for the top alone misleads. On `shapes` two "
            "tables say what it tells apart (area under the ROC curve, 0.5 is chance) and what the "
            "half per cent of its cells where it is strongest cover (intersection over union with "
            "the exact masks; the paper calls 0.04 a detector), each beside the best of all units "
            "of an untrained network. A unit of the last layer has a weight for each class; "
            "answers without it have its mean over the pictures in its place, so that little "
            "changes where others say the same. Paper: "
            "[Bau et al. 2017](https://arxiv.org/abs/1704.05796)"
        )
        with gr.Row():
            layer = gr.Dropdown([LAST], value=LAST, label="Layer", elem_id="unit-layer")
            index = gr.Number(0, precision=0, minimum=0, label="Unit", elem_id="unit-index")
            second = gr.Textbox(
                label="beside it: unit",
                info="of the model to compare with, else of this one; may stay empty",
                max_lines=1,
                elem_id="unit-beside",
            )
        unit_search(subject, layer, index)
        refused = notice("activations-notice")
        with figure("activations"):
            strongest = gr.Gallery(
                label="The layer's strongest units for the subject",
                columns=6,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="activations",
            )
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("show the unit", size="sm", elem_id="show-unit")
            kept = gr.State(())
            saved_by("unit", save_units, [kept])
            draw_button(layer, index, to_draw)
            stop = stop_button("unit")
        unit_refused = notice("unit-notice")
        with figure("unit"), gr.Row():
            with gr.Column(min_width=300):
                view = unit_view("unit")
            with gr.Column(min_width=300, visible=False) as right:
                other = unit_view("second-unit")
        place = Place(turns.panel("units", "parts", panel), subject.model, layer, index)
        unit_without(place)
        unit_words_panel(place)
    numbers, offered = gr.State(()), gr.State("")

    @refusing(refused)
    def responding(picture: str | None, model: str, wanted: str, offered_for: str) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        found: Shown = {}
        if offered_for != model:
            names = [LAST, *layers_worth_showing(model)]
            wanted = LAST
            found |= {offered: model, layer: gr.Dropdown(names, value=LAST)}
        shown = activations(picture, model, "" if wanted == LAST else wanted)
        return {**found, strongest: _pictures(shown), numbers: shown.units}

    @refusing(unit_refused)
    def opened(
        model: str,
        wanted: str,
        number: float | None,
        beside: str,
        compare: str,
        asked: Asked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        chosen = "" if wanted == LAST else wanted
        labels = asked.question.labels or () if asked.question else ()
        told = to_page(progress)
        found = unit(model, chosen, int(number or 0), labels=labels, progress=told)
        if not beside.strip():
            return {**view.of(found), right: gr.Column(visible=False), kept: (found,)}
        name = model if compare == NO_COMPARISON else compare
        there = chosen if chosen in layers_worth_showing(name) else ""
        second_found = unit(name, there, _number(beside), labels=labels, progress=told)
        return {
            **view.of(found),
            **other.of(second_found),
            right: gr.Column(visible=True),
            kept: (found, second_found),
        }

    draws(
        "activations",
        [place.turn.change, layer.input],
        responding,
        [subject.picture, subject.model, layer],
        [strongest, numbers, layer, offered, refused],
        refused,
        also=[offered],
        follows=[layer],
        show_progress="hidden",
    )
    strongest.select(_taken, numbers, index, show_progress="hidden", api_visibility="private")
    drawn = draws(
        "unit",
        [button.click],
        opened,
        [subject.model, layer, index, second, subject.compare, question.asked],
        [*view.components, *other.components, right, kept, unit_refused],
        unit_refused,
        concurrency_limit=1,
        show_progress_on=[view.pictures],
    )
    cancels(stop, "unit", drawn)
    place.promises(button, unit_seconds, drawn)


def _pictures(shown: Activations) -> list[Any]:
    return [
        (map_over(shown.picture, values), f"unit {number}: {float(values.max()):.2g}")
        for number, values in zip(shown.units, shown.maps, strict=True)
    ]


def _number(text: str) -> int:
    if not text.strip().isdecimal():
        raise InputError(f"The unit beside it is a number like 7, not {text.strip()!r}.")
    return int(text)


def _taken(numbers: tuple[int, ...], event: gr.SelectData) -> Any:
    at = int(event.index) if isinstance(event.index, int) else -1
    return numbers[at] if 0 <= at < len(numbers) else gr.skip()
