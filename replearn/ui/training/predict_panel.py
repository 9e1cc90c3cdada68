"""Predict, then reveal: the learner says what will happen, and a run says what does."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.pace import duration
from replearn.core.statistics import two_figures
from replearn.plotting.training.reveal_figure import reveal_figure
from replearn.results.training import Reveal
from replearn.studies.training.predict import EXPERIMENTS
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.stopping import Stops
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.training.asked import reveal_entry

FIRST = next(iter(EXPERIMENTS))
_stops = Stops("Stopped; nothing was measured.")


def predict_panel(turns: Turns) -> None:
    """Build the panel; the questions are read when it is unfolded."""
    with gr.Accordion("predict, then reveal", open=False, elem_id="predict") as panel:
        gr.Markdown(
            "Choose a question, say what you expect, then see: a short run, or a shipped model's "
            "figures, gives the answer."
        )
        name = gr.Dropdown(list(EXPERIMENTS), value=FIRST, label="Experiment", elem_id="experiment")
        choice = gr.Radio([], label="Your prediction", elem_id="prediction")
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("reveal", size="sm", variant="primary", elem_id="reveal")
            stop = stop_button("reveal")
        refused = notice("predict-notice")
        asked = gr.State(None)  # the experiment whose choices are shown
        with figure("reveal"):
            verdict = gr.Markdown(elem_id="verdict")
            canvas = plot("reveal-bars")
            origin = stamp("reveal-stamp")

    def experiment_asked(chosen: str, before: str | None, predicted: int | None) -> Shown:
        """Show an experiment's question and answers; what a link predicted stays."""
        from replearn.studies.training.predict import experiment

        found = experiment(chosen)
        choices = [(text, number) for number, text in enumerate(found.choices)]
        stays = before in (None, chosen) and predicted in range(len(choices))
        return {
            choice: gr.Radio(choices, label=found.question, value=predicted if stays else None),
            asked: chosen,
            button: gr.Button("reveal (two runs)" if found.cost else "reveal"),
            verdict: "",
            canvas: {"traces": []},
            origin: None,
            refused: None,
        }

    @refusing(refused)
    def revealed(
        chosen: str,
        predicted: int | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        from replearn.studies.training.predict import reveal

        if predicted is None:
            raise InputError("Say first what you expect.")
        found = reveal(chosen, int(predicted), _stops.progress(request, progress))
        text = f"{found.settings} | {two_figures(found.seconds)} s"
        return {
            verdict: _verdict(found),
            canvas: reveal_figure(found),
            origin: {"text": text},
            ASKED: reveal_entry(chosen, found, text),
        }

    turn = turns.panel_alone("predict", "training", panel, [name.input])
    turn.change(
        experiment_asked,
        [name, asked, choice],
        [choice, asked, button, verdict, canvas, origin, refused],
        **QUIET,
    ).then(_promised, name, button, **QUIET)
    draws(
        "reveal",
        [button.click],
        revealed,
        [name, choice],
        [verdict, canvas, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[verdict],
    )
    stop.click(_stops.wish, None, refused, **QUIET)


def _promised(name: str) -> Any:
    """Say how long the answer takes on this machine."""
    from replearn.studies.training.predict import experiment

    cost = experiment(name).cost
    if cost is None:
        return gr.skip()
    return gr.Button(f"reveal (two runs, about {duration(max(1, cost()))})")


def _verdict(found: Reveal) -> str:
    agrees = "as you predicted" if found.measured == found.predicted else "not as you predicted"
    lines = [f"**Measured: {found.choices[found.measured]}**, {agrees}."]
    lines += ["", f"| reading | {found.unit} |", "| --- | --- |"]
    lines += [f"| {reading.name} | {reading} |" for reading in found.readings]
    lines += ["", f"Expected: {found.expected}"]
    return "\n".join(lines)
