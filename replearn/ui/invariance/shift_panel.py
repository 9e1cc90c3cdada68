"""The subject moved right and down, place by place."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.plotting.invariance.equivariance_figures import shift_figure
from replearn.results.invariance import ShiftMap
from replearn.studies.invariance.shift_map import shift_map
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import Turns

KINDS = [("probability of the clean answer", "probability"), ("cosine", "cosine")]
STEPS = [("an eighth of the network's step", 0), ("1 pixel", 1), ("2 pixels", 2), ("4 pixels", 4)]


def shift_panel(turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Build the panel, folded; the map is made when it is unfolded."""
    with gr.Accordion(
        "where may it stand? 15 x 15 shifts of the subject", open=False, elem_id="shifts"
    ) as panel:
        with gr.Row():
            kind = gr.Radio(KINDS, value="cosine", label="Colour", elem_id="shifts-kind")
            step = gr.Radio(STEPS, value=0, label="From place to place", elem_id="shifts-step")
        refused = notice("shifts-notice")
        with figure("shifts"), gr.Row():
            with gr.Column(scale=3, min_width=300):
                canvas = plot("shifts-map")
            with gr.Column(scale=2, min_width=260):
                told = gr.Markdown(elem_id="shifts-told")
                origin = stamp("shifts-stamp")

    @refusing(refused)
    def shifts(
        picture: str | None,
        model: str,
        asked: Asked,
        kind: str,
        step: int,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        found = shift_map(picture, model, step or None, asked.get(), progress=to_page(progress))
        return {
            canvas: shift_figure(found, kind),
            told: _told(found),
            origin: {"text": str(found.stamp)},
        }

    draws(
        "shifts",
        [turns.panel("shifts", "invariance", panel).change, kind.input, step.input],
        shifts,
        [subject.picture, subject.model, question.asked, kind, step],
        [canvas, told, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[canvas],
    )


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
