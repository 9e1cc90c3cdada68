"""DeepDream: the subject, with more of what a layer sees in it already."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.results.dreams import DeepDreamed
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.dreams.cost import dreaming_seconds
from replearn.studies.dreams.dream import DeepDreamChoice, dream_growing, middle_layer
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, grows, refusing, stop_button
from replearn.ui.frame.progress import promises, to_page
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import Turns


def deep_dream_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("DeepDream: dream the picture on", open=False, elem_id="deep-dream") as panel:
        gr.Markdown(
            "Whatever a layer responds to is made stronger, again and again: eyes and fur where "
            "the network knows animals, edges and waves in an early layer. It shows what a layer "
            "is ready to see, not what the picture holds. Paper: [Mordvintsev et al. 2015]"
            "(https://research.google/blog/inceptionism-going-deeper-into-neural-networks/)"
        )
        with gr.Row():
            layer = gr.Dropdown([], label="Layer, shallow to deep", elem_id="deep-dream-layer")
            octaves = gr.Slider(1, 6, 4, step=1, label="Octaves", elem_id="deep-dream-octaves")
            steps = gr.Slider(2, 40, 8, step=1, label="Steps each", elem_id="deep-dream-steps")
            strength = gr.Slider(
                0.5, 10, 3, step=0.5, label="Grey levels a step", elem_id="deep-dream-strength"
            )
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("dream", size="sm", elem_id="dream-on")
            stop = stop_button("deep-dream")
        refused = notice("deep-dream-notice")
        with figure("deep-dream"):
            shown = gr.Gallery(
                label="Before and after",
                columns=2,
                height="auto",
                object_fit="contain",
                allow_preview=True,
                format="webp",
                buttons=["download", "fullscreen"],
                elem_id="deep-dreamed",
            )
            origin = stamp("deep-dream-stamp")

    @refusing(refused)
    def dream_layers(model: str) -> Shown:
        return {layer: gr.Dropdown(list(layers_worth_showing(model)), value=middle_layer(model))}

    def dreamt_on(
        picture: str | None,
        model: str,
        place: str | None,
        octaves: float,
        steps: float,
        strength: float,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Iterator[Shown]:
        try:
            if picture is None:
                raise InputError(NO_PICTURE)
            choice = DeepDreamChoice(int(octaves), int(steps), float(strength))
            growing = dream_growing(
                picture, model, place or "", choice=choice, progress=to_page(progress)
            )
            for found in growing:
                yield {
                    shown: [found.original, found.image],
                    origin: {"text": _told(found)},
                    refused: None,
                }
        except ReplearnError as error:
            yield {refused: str(error)}

    turn = turns.panel("deep-dream", "dreams", panel)
    turn.change(
        dream_layers,
        subject.model,
        [layer, refused],
        show_progress="hidden",
        api_visibility="private",
        trigger_mode="always_last",
    )
    drawn = draws(
        "deep-dream",
        [button.click],
        dreamt_on,
        [subject.picture, subject.model, layer, octaves, steps, strength],
        [shown, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[origin],
    )
    grows("deep-dream", origin)
    cancels(stop, "deep-dream", drawn)
    costly: list[Any] = [layer, octaves, steps]
    promises(
        button,
        [one.change for one in (turn, *costly)],
        _dreaming_seconds,
        [subject.model, *costly],
    )


def _dreaming_seconds(model: str, place: str | None, octaves: float, steps: float) -> float:
    return dreaming_seconds(model, place or "", DeepDreamChoice(int(octaves), int(steps)))


def _told(found: DeepDreamed) -> str:
    if found.done < found.total:
        return f"{found.done} of {found.total} steps"
    return f"{found.target}: {found.before:.3g}, after it {found.after:.3g} | {found.stamp}"
