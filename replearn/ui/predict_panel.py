"""Predict, then reveal: the learner says what will happen, and a run says what does."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.lab_results import Reveal
from replearn.core.statistics import two_figures
from replearn.plotting.reveal_figure import reveal_figure
from replearn.studies.predict import EXPERIMENTS
from replearn.ui.components import notice, plot, stamp
from replearn.ui.stopping import Stops

FIRST = next(iter(EXPERIMENTS))
_stops = Stops("Stopped; nothing was measured.")


def predict_panel() -> None:
    """Build the panel; the questions are read when it is unfolded."""
    with gr.Accordion("predict, then reveal", open=False, elem_id="predict") as panel:
        gr.Markdown(
            "Choose a question, say what you expect, then see: a short run, or a shipped model's "
            "figures, gives the answer."
        )
        name = gr.Dropdown(list(EXPERIMENTS), value=FIRST, label="Experiment", elem_id="experiment")
        choice = gr.Radio([], label="Your prediction", elem_id="prediction")
        with gr.Row():
            button = gr.Button("reveal", variant="primary", elem_id="reveal")
            stop = gr.Button("stop", elem_id="reveal-stop")
        refused = notice("predict-notice")
        verdict = gr.Markdown(elem_id="verdict")
        canvas = plot("reveal-bars")
        origin = stamp("reveal-stamp")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asked = [choice, button, verdict, canvas, origin, refused]
    gr.on([panel.expand, name.change], _asked, name, asked, **quiet)
    button.click(
        _revealed,
        [name, choice],
        [verdict, canvas, origin, refused],
        api_visibility="private",
        concurrency_limit=1,
    )
    stop.click(_stops.wish, None, refused, **quiet)


def _asked(name: str) -> tuple[Any, ...]:
    """Show an experiment's question and answers, and how long the answer takes."""
    from replearn.studies.predict import experiment

    found = experiment(name)
    choices = [(text, number) for number, text in enumerate(found.choices)]
    said = f"reveal (two runs, about {found.seconds} s)" if found.seconds else "reveal"
    radio = gr.Radio(choices, label=found.question, value=None)
    return radio, gr.Button(said), "", {"traces": []}, None, None


def _revealed(
    name: str,
    choice: int | None,
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    from replearn.studies.predict import reveal

    if choice is None:
        return gr.skip(), gr.skip(), gr.skip(), "Say first what you expect."
    try:
        found = reveal(name, int(choice), _stops.progress(request, progress))
    except ReplearnError as error:
        return gr.skip(), gr.skip(), gr.skip(), str(error)
    text = f"{found.settings} | {two_figures(found.seconds)} s"
    return _verdict(found), reveal_figure(found), {"text": text}, None


def _verdict(found: Reveal) -> str:
    agrees = "as you predicted" if found.measured == found.predicted else "not as you predicted"
    lines = [f"**Measured: {found.choices[found.measured]}**, {agrees}."]
    lines += ["", f"| reading | {found.unit} |", "| --- | --- |"]
    lines += [f"| {reading.name} | {reading} |" for reading in found.readings]
    lines += ["", f"Expected: {found.expected}"]
    return "\n".join(lines)
