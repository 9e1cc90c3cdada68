"""The first layer's filters as pictures, beside untrained ones."""

import gradio as gr

from replearn.plotting.enlarged import enlarged
from replearn.studies.parts.filters import filters
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import Turns


def filters_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("the first layer's filters", open=False, elem_id="filters") as panel:
        gr.Markdown(
            "What the first layer multiplies the picture with: grey is zero, each filter is scaled "
            "by its own largest value. Edges and pairs of colours are what training makes of the "
            "noise at the right; filters of 3 x 3 pixels can hold little else."
        )
        told = gr.Markdown()
        refused = notice("filters-notice")
        with figure("filters"), gr.Row():
            learnt = _gallery("Learnt", "learnt-filters")
            fresh = _gallery("Untrained", "untrained-filters")
        origin = stamp("filters-stamp")

    @refusing(refused)
    def shown(model: str) -> Shown:
        found = filters(model)
        return {
            learnt: [enlarged(one) for one in found.pictures],
            fresh: [enlarged(one) for one in found.untrained],
            told: f"Here: {found.told}.",
            origin: {"text": str(found.stamp)},
        }

    draws(
        "filters",
        [turns.panel("filters", "parts", panel).change],
        shown,
        [subject.model],
        [learnt, fresh, told, origin, refused],
        refused,
        show_progress="hidden",
    )


def _gallery(label: str, name: str) -> gr.Gallery:
    return gr.Gallery(
        label=label, columns=8, height="auto", object_fit="contain", buttons=[], elem_id=name
    )
