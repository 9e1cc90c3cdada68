"""What one watches of a run: curves, similarities, and the map of every round."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.settings import from_environment
from replearn.encoders.lab import SHIPPED
from replearn.plotting.training.run_figures import round_map_figure, run_figure, similarity_figure
from replearn.results.training import RunState
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, figure, refusing, shows
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import choices, with_own
from replearn.ui.frame.turns import LATEST, QUIET, Turns
from replearn.ui.training.shared_run import listen, sharing_box, sharing_of

POLL_SECONDS = 1.0
FIRST_SHOWN = "shapes-supcon"  # a shipped curve, before any run of one's own


@dataclass(frozen=True)
class RunPanel:
    """The components that starting a run changes."""

    shown: gr.Dropdown
    timer: gr.Timer
    refused: gr.HTML


def run_panel(turns: Turns, subject: Subject) -> RunPanel:
    """Build the panel; when the tab opens it finds the run that is going, or the newest."""
    with gr.Row(equal_height=False, elem_id="run-row"):
        shown = gr.Dropdown(
            list(SHIPPED), value=FIRST_SHOWN, label="Run shown", elem_id="run-shown", scale=3
        )
        with gr.Column(scale=1, min_width=120):
            allowed = from_environment().may_train
            stop = gr.Button("stop", size="sm", elem_id="stop-training", visible=allowed)
            again = gr.Button("continue", size="sm", elem_id="continue-training", visible=allowed)
    shared = sharing_box()
    refused = notice("training-notice")
    origin = stamp("training-stamp")
    with figure("run"):
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
    at = subject.choosers

    def looked(name: str, asked_round: int, newest: int, model: str) -> Shown:
        from replearn.studies.training.run_state import run_state

        try:
            found = run_state(name.strip())
        except ReplearnError as error:
            return {refused: str(error), timer: gr.Timer(active=False)}
        rounds = max(0, len(found.map_steps) - 1)
        # one who scrubs back stays there; all others follow the newest map
        scrubbed = 0 < newest != asked_round and asked_round < rounds
        round_ = int(asked_round) if scrubbed else rounds
        going = found.state == "running"
        view: Shown = {
            shared: sharing_of(found.name),
            curve: run_figure(found),
            similarity: similarity_figure(found),
            canvas: round_map_figure(found, round_),
            which: gr.Slider(maximum=max(1, rounds), value=round_, visible=rounds > 0),
            latest: rounds,
            origin: {"text": _line(found)},
            refused: found.said if found.state == "failed" else None,
            timer: gr.Timer(active=going),
        }
        if going:
            return view
        # a finished run is a model
        names, compared, _ = choices(from_environment())
        return {
            **view,
            at.model: gr.Dropdown(with_own(model, names)),
            at.compare: gr.Dropdown(with_own(model, compared)),
        }

    @refusing(refused)
    def continued(name: str) -> Shown:
        from replearn.studies.training.runs import continue_run

        continue_run(name)
        return {timer: gr.Timer(active=True)}

    inputs = [shown, which, latest, at.model]
    outputs = [curve, similarity, canvas, which, latest, origin, refused, shared]
    outputs += [at.model, at.compare, timer]
    opened = turns.opened("training")(_found, shown, shown, **QUIET)
    shows("run", opened.then(looked, inputs, outputs, **QUIET))
    shown.input(lambda: 0, None, latest, **QUIET).then(looked, inputs, outputs, **QUIET)
    timer.tick(looked, inputs, outputs, **QUIET)
    which.input(_map_of, [shown, which], canvas, **LATEST)
    stop.click(_stop, shown, refused, **QUIET)
    again.click(continued, shown, [timer, refused], **QUIET)
    listen(shared, shown, refused)
    return RunPanel(shown, timer, refused)


def run_choices(value: str) -> gr.Dropdown:
    """Return the list of runs, a user's own first, with one of them chosen."""
    from replearn.studies.training.runs import all_runs

    return gr.Dropdown(list(dict.fromkeys([*all_runs(), *SHIPPED])), value=value)


def _found(shown: str | None) -> gr.Dropdown:
    from replearn.studies.training.runs import all_runs, going_run

    own = all_runs()
    going = going_run()
    if going in own:
        return run_choices(going)
    return run_choices(shown if shown in own else next(iter([*own, shown or FIRST_SHOWN])))


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
    from replearn.studies.training.run_state import run_state

    try:
        return round_map_figure(run_state(name.strip()), int(which))
    except ReplearnError:
        return gr.skip()


def _stop(name: str) -> str:
    from replearn.studies.training.runs import going_run, stop_run

    if going_run() != name:
        return f"{name} isn't going."
    try:
        stop_run(name)
    except ReplearnError as error:
        return str(error)
    return "Stopping after this step."
