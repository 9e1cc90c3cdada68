"""One unit at a time: which respond to the picture, and what one of them responds to."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.plotting.parts.pictures import enlarged, map_over
from replearn.plotting.parts.tables import SELECTIVE_COLUMNS, response_figure, selective_rows
from replearn.studies.parts.activations import activations
from replearn.studies.parts.responses import layers_worth_showing
from replearn.studies.parts.unit import unit
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import Turns
from replearn.ui.parts.unit_search import LAST, unit_search


def unit_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("one unit at a time", open=False, elem_id="units") as panel:
        gr.Markdown(
            "The units of a layer that respond most to the picture; click one to take its number. "
            "Then its pictures: those it responds to most, cut to what the unit saw of them, and "
            "some from the middle and the low end, for the top alone misleads. On `shapes` the "
            "table says what it tells apart (area under the ROC curve, 0.5 is chance) beside the "
            "best unit of an untrained network. Paper: "
            "[Bau et al. 2017](https://arxiv.org/abs/1704.05796)"
        )
        with gr.Row():
            layer = gr.Dropdown([LAST], value=LAST, label="Layer", elem_id="unit-layer")
            index = gr.Number(0, precision=0, minimum=0, label="Unit", elem_id="unit-index")
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
            button = gr.Button(
                "show the unit's pictures (1 to 5 s where they ship, else 5 to 60 s)",
                size="sm",
                elem_id="show-unit",
            )
            stop = stop_button("unit")
        unit_refused = notice("unit-notice")
        with figure("unit"):
            pictures = gr.Gallery(
                label="Top, middle and low pictures",
                columns=6,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="unit-pictures",
            )
            with gr.Row():
                with gr.Column(min_width=280):
                    spread = plot("unit-responses")
                with gr.Column(min_width=280):
                    tells = gr.Dataframe(
                        headers=SELECTIVE_COLUMNS,
                        interactive=False,
                        wrap=True,
                        label="What it tells apart",
                        elem_id="unit-tells",
                    )
            origin = stamp("unit-stamp")
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
        captions = [
            f"unit {number}: {float(values.max()):.2g}"
            for number, values in zip(shown.units, shown.maps, strict=True)
        ]
        drawn = [map_over(shown.picture, values) for values in shown.maps]
        return {**found, strongest: list(zip(drawn, captions, strict=True)), numbers: shown.units}

    @refusing(unit_refused)
    def opened(
        model: str,
        wanted: str,
        number: float | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        asked = "" if wanted == LAST else wanted
        found = unit(model, asked, int(number or 0), progress=to_page(progress))
        shown = [
            (enlarged(one.picture), f"{group}: {one.response:.2g}")
            for group, some in found.pictures.items()
            for one in some
        ]
        return {
            pictures: shown,
            spread: response_figure(found),
            tells: selective_rows(found),
            origin: {"text": str(found.stamp)},
        }

    draws(
        "activations",
        [turns.panel("units", "parts", panel).change, layer.input],
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
        [subject.model, layer, index],
        [pictures, spread, tells, origin, unit_refused],
        unit_refused,
        concurrency_limit=1,
        show_progress_on=[pictures],
    )
    cancels(stop, "unit", drawn)


def _taken(numbers: tuple[int, ...], event: gr.SelectData) -> Any:
    at = int(event.index) if isinstance(event.index, int) else -1
    return numbers[at] if 0 <= at < len(numbers) else gr.skip()
