"""What one watches of a run: curves, similarities, and the map of every round."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.lab_results import RunState
from replearn.core.settings import from_environment
from replearn.encoders.lab import SHIPPED
from replearn.plotting.run_figures import round_map_figure, run_figure, similarity_figure
from replearn.ui.components import notice, plot, stamp
from replearn.ui.subject import NO_COMPARISON, Subject, model_names

POLL_SECONDS = 1.0
FIRST_SHOWN = "shapes-supcon"  # a shipped curve, before any run of one's own


@dataclass(frozen=True)
class RunPanel:
    """The components that starting a run changes."""

    shown: gr.Dropdown
    timer: gr.Timer
    refused: gr.HTML


def run_panel(tab: gr.Tab, subject: Subject) -> RunPanel:
    """Build the panel; when the tab opens it finds the run that is going, or the newest."""
    with gr.Row(equal_height=False, elem_id="run-row"):
        shown = gr.Dropdown(
            list(SHIPPED), value=FIRST_SHOWN, label="Run shown", elem_id="run-shown", scale=3
        )
        with gr.Column(scale=1, min_width=120):
            stop = gr.Button("stop", size="sm", elem_id="stop-training")
            again = gr.Button("continue", size="sm", elem_id="continue-training")
    refused = notice("training-notice")
    origin = stamp("training-stamp")
    curve = plot("run-curve")
    with gr.Row():
        with gr.Column(min_width=260):
            similarity = plot("similarity")
        with gr.Column(min_width=260):
            canvas = plot("round-map")
            which = gr.Slider(
                0, 1, value=1, step=1, label="Map after round", elem_id="round", visible=False
            )
    latest = gr.State(0)  # the newest round that was drawn
    timer = gr.Timer(POLL_SECONDS, active=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    inputs = [shown, which, latest, subject.model]
    outputs = [curve, similarity, canvas, which, latest, origin, refused]
    outputs += [subject.model, subject.compare, timer]
    tab.select(_found, shown, shown, **quiet).then(_look, inputs, outputs, **quiet)
    shown.input(lambda: 0, None, latest, **quiet).then(_look, inputs, outputs, **quiet)
    timer.tick(_look, inputs, outputs, **quiet)
    which.input(_map_of, [shown, which], canvas, trigger_mode="always_last", **quiet)
    stop.click(_stop, shown, refused, **quiet)
    again.click(_continue, shown, [timer, refused], **quiet)
    return RunPanel(shown, timer, refused)


def run_choices(value: str) -> gr.Dropdown:
    """Return the list of runs, a user's own first, with one of them chosen."""
    from replearn.studies.lab import all_runs

    return gr.Dropdown(list(dict.fromkeys([*all_runs(), *SHIPPED])), value=value)


def _found(shown: str | None) -> gr.Dropdown:
    from replearn.studies.lab import all_runs, going_run

    own = all_runs()
    kept = shown if shown in own else next(iter([*own, shown or FIRST_SHOWN]))
    return run_choices(going_run() or kept)


def _look(name: str, which: int, latest: int, model: str) -> tuple[Any, ...]:
    from replearn.studies.run_state import run_state

    try:
        found = run_state(name.strip())
    except ReplearnError as error:
        return (*[gr.skip()] * 6, str(error), gr.skip(), gr.skip(), gr.Timer(active=False))
    going = found.state == "running"
    rounds = max(0, len(found.map_steps) - 1)
    # one who scrubs back stays there; all others follow the newest map
    round_ = int(which) if 0 < latest != which and which < rounds else rounds
    slider = gr.Slider(maximum=max(1, rounds), value=round_, visible=rounds > 0)
    return (
        run_figure(found),
        similarity_figure(found),
        round_map_figure(found, round_),
        slider,
        rounds,
        {"text": _line(found)},
        found.said if found.state == "failed" else None,
        *_models(model, going),
        gr.Timer(active=going),
    )


def _models(model: str, going: bool) -> tuple[Any, Any]:
    """Return the lists of models, with a finished run's in them."""
    if going:
        return gr.skip(), gr.skip()
    names = list(dict.fromkeys([*model_names(from_environment()), model]))
    return gr.Dropdown(names), gr.Dropdown([NO_COMPARISON, *names])


def _line(found: RunState) -> str:
    line = f"{found.name} | {found.state} | {found.said}"
    measured = [row for row in found.rows if row.knn is not None]
    if measured:
        line += f" | kNN {measured[-1].knn:.2f}, linear probe {measured[-1].probe:.2f}"
    if found.unreadable:
        line += f" | left out, can't be opened: {len(found.unreadable)}: "
        line += " ".join(found.unreadable[:3])
    return line


def _map_of(name: str, which: int) -> Any:
    from replearn.studies.run_state import run_state

    try:
        return round_map_figure(run_state(name.strip()), int(which))
    except ReplearnError:
        return gr.skip()


def _stop(name: str) -> str:
    from replearn.studies.lab import going_run, stop_run

    if going_run() != name:
        return f"{name} isn't going."
    stop_run(name)
    return "Stopping after this step."


def _continue(name: str) -> tuple[Any, str | None]:
    from replearn.studies.lab import continue_run

    try:
        continue_run(name)
    except ReplearnError as error:
        return gr.skip(), str(error)
    return gr.Timer(active=True), None
