"""Other things to draw for: two at once, a row between two, a head, from picture to picture."""

from collections.abc import Iterator
from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import InputError, ReplearnError
from replearn.plotting.dreams.tables import dream_line, row_line, row_names
from replearn.plotting.enlarged import enlarged
from replearn.results.dreams import Dream
from replearn.studies.answering.opened_network import opened
from replearn.studies.dreams.aims import Aim
from replearn.studies.dreams.dream_choice import USUAL, DreamChoice
from replearn.studies.dreams.gallery import usual_pair
from replearn.studies.dreams.interpolate import interpolate_growing
from replearn.studies.dreams.targets import heads_of
from replearn.studies.dreams.visualise import visualise_growing
from replearn.ui.dreams.aims_controls import DIRECTION, HEAD, ROW, aim_controls
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, grows, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import LATEST, Turns

LEAST = 224  # pixels a side
AT_ONCE = 5  # pictures
TOLD = (
    "Two at once: the second's score is added by its weight, or taken off. A row: from all of the "
    "first to all of the second, out of the same noise. A head, of models that are plain vision "
    "transformers: what it adds along a text, as the tab Parts splits it; without a text, how long "
    "what it adds is. From the picture to another: what the second has and the first has not, as "
    "the model's vector tells. A sum of scores isn't a sum of looks: one of the two may win "
    "outright, and what stands between two classes needn't look like either. Papers: "
    "[Olah et al. 2017](https://distill.pub/2017/feature-visualization), "
    "[Gandelsman et al. 2024](https://arxiv.org/abs/2310.05916)"
)


def aims_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("two at once, a row, a head", open=False, elem_id="aims") as panel:
        gr.Markdown(TOLD)
        at = aim_controls()
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("draw these", size="sm", elem_id="draw-aim")
            stop = stop_button("aim")
        refused = notice("aim-notice")
        with figure("aim"):
            shown = gr.Gallery(
                label="A row, or one picture from noise",
                columns=AT_ONCE,
                height="auto",
                object_fit="contain",
                allow_preview=True,
                format="webp",
                buttons=["download", "fullscreen"],
                elem_id="aimed",
            )
            line = gr.Markdown(elem_id="aim-line")
            origin = stamp("aim-stamp")

    def offered_aims(model: str) -> Shown:
        one, another = usual_pair(model)
        try:
            layers, each = heads_of(opened(model))
        except ReplearnError:  # the button says why
            layers, each = 0, 0
        names = [f"layer {layer}, head {one}" for layer in range(layers) for one in range(each)]
        return {
            at.first: gr.Textbox(placeholder=one),
            at.second: gr.Textbox(placeholder=another),
            at.head: gr.Dropdown(names, value=names[-1] if names else None),
        }

    def aimed(
        picture: str | None,
        model: str,
        kind: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Iterator[Shown]:
        first, second, weight, along, head, other, steps = values
        try:
            told, choice = to_page(progress), DreamChoice(USUAL, int(steps))
            one, another = usual_pair(model)
            one, another = (first or "").strip() or one, (second or "").strip() or another
            if kind == ROW:
                for row in interpolate_growing(
                    one, another, model, count=AT_ONCE, choice=choice, progress=told
                ):
                    pictures = zip(row.images, row_names(row), strict=True)
                    yield {
                        shown: [(enlarged(image, LEAST), name) for image, name in pictures],
                        line: row_line(row),
                        origin: {"text": str(row.stamp)},
                        refused: None,
                    }
                return
            if kind == HEAD:
                aim = _head(model, head, along or "")
            elif kind == DIRECTION:
                if picture is None or other is None:
                    raise InputError("Give two pictures: the subject, and another one here.")
                aim = Aim.between(picture, other)
            else:
                aim = Aim.text(one) + float(weight or 0) * Aim.text(another)
            for found in visualise_growing(aim, model, choice=choice, progress=told):
                yield {
                    shown: [enlarged(image, LEAST) for image in _growth(found)],
                    line: f"{dream_line(found)}.",
                    origin: {"text": str(found.stamp)},
                    refused: None,
                }
        except ReplearnError as error:
            yield {refused: str(error)}

    turns.panel("aims", "dreams", panel).change(
        offered_aims, subject.model, [at.first, at.second, at.head], **LATEST
    )
    drawn = draws(
        "aim",
        [button.click],
        aimed,
        [subject.picture, subject.model, *at.inputs],
        [shown, line, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[line],
    )
    grows("aim", line)
    cancels(stop, "aim", drawn)


def _growth(found: Dream) -> list[Image.Image]:
    """Return the pictures on the way at even steps, the last among them; always as many."""
    last = len(found.steps) - 1
    return [found.steps[round(i * last / (AT_ONCE - 1))] for i in range(AT_ONCE)]


def _head(model: str, name: str | None, along: str) -> Aim:
    if not name:
        heads_of(opened(model))  # a model without heads says so
        raise InputError("Choose a head.")
    layer, head = (int(part.rpartition(" ")[2]) for part in name.split(","))
    return Aim.head(layer, head, along)
