"""Which pictures look the same to it? What layers have kept of the subject."""

from collections.abc import Iterator

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.plotting.enlarged import enlarged
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.dreams.cost import inverting_seconds
from replearn.studies.dreams.invert import invert
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, grows, stop_button
from replearn.ui.frame.progress import promises, to_page
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import Turns

LEAST = 224  # pixels a side
LAYERS = 4


def inversion_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion(
        "which pictures look the same to it?", open=False, elem_id="inversion"
    ) as panel:
        gr.Markdown(
            "From two different starting points a picture is sought that gives the same responses "
            "as the subject in a layer, shallow to deep. What both agree about, the layer has "
            "kept; what differs, it has forgotten. A blur may be the search's fault and not the "
            "layer's: the distance says how near it came. Paper: "
            "[Mahendran and Vedaldi 2015](https://arxiv.org/abs/1412.0035)"
        )
        steps = gr.Slider(32, 512, 96, step=32, label="Steps", elem_id="inversion-steps")
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("look for them", size="sm", elem_id="invert")
            stop = stop_button("inversion")
        refused = notice("inversion-notice")
        with figure("inversion"):
            shown = gr.Gallery(
                label="The subject, then two pictures for each layer",
                columns=3,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                format="webp",
                buttons=[],
                elem_id="inverted",
            )
            origin = stamp("inversion-stamp")
    turn = turns.panel("inversion", "dreams", panel)

    def inverted(
        picture: str | None,
        model: str,
        steps: float,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Iterator[Shown]:
        try:
            if picture is None:
                raise InputError(NO_PICTURE)
            pictures = []
            for layer in _some(layers_worth_showing(model)):
                found = invert(picture, model, layer, steps=int(steps), progress=to_page(progress))
                seen = enlarged(found.original, LEAST)
                pictures.append((seen, f"the subject; beside it, from {layer}"))
                pictures += [
                    (enlarged(one, LEAST), f"distance {distance:.2g}")
                    for one, distance in zip(found.images, found.distances, strict=True)
                ]
                said = f"two starts apart by {found.apart:.0f} grey levels | {found.stamp}"
                yield {shown: pictures, origin: {"text": said}, refused: None}
        except ReplearnError as error:
            yield {refused: str(error)}

    drawn = draws(
        "inversion",
        [button.click],
        inverted,
        [subject.picture, subject.model, steps],
        [shown, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[origin],
    )
    grows("inversion", origin)
    cancels(stop, "inversion", drawn)
    promises(
        button,
        [turn.change, steps.change],
        lambda model, steps: inverting_seconds(model, LAYERS, int(steps)),
        [subject.model, steps],
    )


def _some(layers: tuple[str, ...]) -> tuple[str, ...]:
    """Return a few layers at even steps, the last among them."""
    if len(layers) <= LAYERS:
        return layers
    steps = [round(i * (len(layers) - 1) / (LAYERS - 1)) for i in range(LAYERS)]
    return tuple(layers[i] for i in steps)
