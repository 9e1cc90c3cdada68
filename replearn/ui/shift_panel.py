"""The subject moved right and down, place by place."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.invariance_results import ShiftMap
from replearn.data.labels import parse_labels
from replearn.plotting.equivariance_figures import shift_figure
from replearn.studies.shift_map import shift_map
from replearn.ui.components import notice, plot, stamp
from replearn.ui.progress import to_page
from replearn.ui.subject import Subject
from replearn.ui.zero_shot_tab import Question

KINDS = [("probability of the clean answer", "probability"), ("cosine", "cosine")]
STEPS = [("an eighth of the network's step", 0), ("1 pixel", 1), ("2 pixels", 2), ("4 pixels", 4)]


def shift_panel(subject: Subject, question: Question) -> None:
    """Build the panel, folded; the map is made when it is unfolded."""
    opened = gr.State(False)
    with gr.Accordion(
        "where may it stand? 15 x 15 shifts of the subject", open=False, elem_id="shifts"
    ) as panel:
        with gr.Row():
            kind = gr.Radio(KINDS, value="cosine", label="Colour", elem_id="shifts-kind")
            step = gr.Radio(STEPS, value=0, label="From place to place", elem_id="shifts-step")
        refused = notice("shifts-notice")
        with gr.Row():
            with gr.Column(scale=3, min_width=300):
                canvas = plot("shifts-map")
            with gr.Column(scale=2, min_width=260):
                told = gr.Markdown(elem_id="shifts-told")
                origin = stamp("shifts-stamp")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    inputs: list[Any] = [opened, subject.picture, subject.model, question.labels, kind, step]
    panel.expand(lambda: True, None, opened, **quiet)
    panel.collapse(lambda: False, None, opened, **quiet)
    gr.on(
        [component.change for component in inputs],
        _shifts,
        inputs,
        [canvas, told, origin, refused],
        trigger_mode="always_last",
        concurrency_limit=1,
        api_visibility="private",
        show_progress_on=[canvas],
    )


def _shifts(
    opened: bool,
    picture: str | None,
    model: str,
    labels: str,
    kind: str,
    step: int,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    if not opened:
        return (gr.skip(),) * 4
    if picture is None:
        return *(gr.skip(),) * 3, "Choose a picture: upload, paste, or take an example."
    try:
        names = parse_labels(labels).names
        found = shift_map(picture, model, step or None, names, progress=to_page(progress))
    except ReplearnError as error:
        return *(gr.skip(),) * 3, str(error)
    return shift_figure(found, kind), _told(found), {"text": str(found.stamp)}, None


def _told(found: ShiftMap) -> str:
    """Say what the map shows, with its numbers."""
    lines = [
        f"Moved by up to {found.offsets[-1]} of the {found.side} pixels that go in; grey follows. "
        f"The cosine to the unmoved picture stays above **{found.cosines.min():.2f}**."
    ]
    if found.same is not None:
        other = int((~found.same).sum())
        lines.append(
            f"At **{other} of {found.same.size}** places the answer is no longer "
            f"*{found.predicted}* (crosses)."
        )
    if found.stride > 1:
        lines.append(
            f"One step of the last feature map is {found.stride} pixels (dotted). A network that "
            "halves its maps sees a shift by whole steps as the same map, moved; between the steps "
            "it samples other places. That leaves a pattern of its stride, and of those of its "
            "earlier maps, a half and a quarter of it (Azulay and Weiss 2019)."
        )
    else:
        lines.append("Without a network nothing is sampled: the cosine falls smoothly.")
    return "\n\n".join(lines)
