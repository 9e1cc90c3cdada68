"""The panel on whole data sets: its components, and what draws them anew."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from replearn.distortions.stack import Stack
from replearn.results.distortions import Trial
from replearn.results.rows.trials import write_trials
from replearn.ui.distortions.asking import NAME
from replearn.ui.distortions.controls import DistortionControls, level_at
from replearn.ui.distortions.curves import (
    FIRST_MODELS,
    LAB,
    TABLE,
    WHOSE,
    CurvesView,
    Whose,
    computed,
    curve_question,
    known,
)
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import breaks_off, draws, figure, stop_button
from replearn.ui.frame.saving import new_file, writes
from replearn.ui.frame.stopping import Stops
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET, Turns

_stops = Stops("Stopped; the levels that were counted are kept.")


def curves_view(names: Sequence[str]) -> CurvesView:
    """Build the panel."""
    gr.Markdown("**And a whole data set?** Accuracy of 200 pictures at each level.")
    with gr.Row(elem_classes="rl-tight"):
        models = gr.Dropdown(
            list(names),
            value=[name for name in FIRST_MODELS if name in names],
            multiselect=True,
            label="Models",
            elem_id="curve-models",
            scale=3,
        )
        whose = gr.Radio(list(WHOSE), value=LAB, label="Pictures", elem_id="curve-whose", scale=2)
    refused = notice("curve-notice")
    with gr.Row(elem_classes="rl-buttons"):
        compute = gr.Button("compute", size="sm", visible=False, elem_id="compute-curves")
        stop = stop_button("curve")
    with figure("curve"):
        canvas = plot("curve")
        origin = stamp("curve-stamp")
        flips = gr.Markdown("", elem_id="curve-flips", elem_classes="rl-card")
    with gr.Accordion("as a table, and the rows to save", open=False):
        table = gr.Dataframe(headers=TABLE, interactive=False, elem_id="curve-table")
        shown = gr.State(())
        with gr.Row(elem_classes="rl-tight"):
            _save_button("CSV", ".csv", shown)
            _save_button("Parquet", ".parquet", shown)
    return CurvesView(
        models,
        whose,
        canvas,
        origin,
        flips,
        refused,
        compute,
        stop,
        table,
        shown,
    )


def follows(turns: Turns, view: CurvesView, controls: DistortionControls, subject: Subject) -> None:
    """Draw what is known of the chosen models, and compute the rest when asked."""
    chosen = [view.whose, view.models, subject.dataset, subject.model, subject.compare]
    levelled = [controls.kind, controls.level, controls.kept, *chosen]
    slid = [controls.kind, controls.position, controls.kept, *chosen]
    shown = view.shown_by_drawing
    turn = turns.beside("curves", NAME, after="distorted")
    others = [controls.kind.input, controls.said.change, view.models.input, view.whose.input]
    turns.stir("curves", [*others, controls.level.change])

    def drawn(kind: str, level: float | None, kept: Stack, *values: Any) -> dict[Any, Any]:
        whose = Whose(*values)
        return known(view, curve_question(whose.pictures, kind, level, kept), whose.compared)

    def at_level(
        kind: str, level: float | None, kept: Stack, *values: Any
    ) -> Iterator[dict[Any, Any]]:
        whose = Whose(*values)
        question = curve_question(whose.pictures, kind, level, kept)
        if question.level is not None:
            yield from computed(view, [question.level], whose.compared, question)

    def at_slider(kind: str, position: float, *values: Any) -> Iterator[dict[Any, Any]]:
        yield from at_level(kind, level_at(kind, position), *values)

    def all_levels(
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Iterator[dict[Any, Any]]:
        kind, level, kept, *chosen = values
        whose = Whose(*chosen)
        question = curve_question(whose.pictures, kind, level, kept)
        told = _stops.progress(request, progress)
        yield from computed(view, None, whose.compared, question, told)

    draws(
        "curve",
        [turn.change],
        drawn,
        levelled,
        [*shown, view.compute],
        view.refused,
        show_progress="hidden",
    )
    here: dict[str, Any] = {"concurrency_limit": 2, "show_progress": "hidden"}
    moved, typed = [controls.position.release], [controls.level.submit]
    sliding = draws("curve", moved, at_slider, slid, shown, view.refused, **here)
    typing = draws("curve", typed, at_level, levelled, shown, view.refused, **here)
    computing = draws(
        "curve",
        [view.compute.click],
        all_levels,
        levelled,
        shown,
        view.refused,
        concurrency_limit=1,
        show_progress_on=[view.canvas],
    )
    computing.then(drawn, levelled, [*shown, view.compute], **QUIET)
    view.stop.click(_stops.wish, None, view.refused, **QUIET)
    # what was asked before would be drawn over what is asked now
    anew = [controls.kind.change, *others[1:], subject.dataset.change]
    working = {"at_slider": sliding, "at_level": typing, "all_levels": computing}
    breaks_off(anew, "curve", working)


def _save_button(name: str, suffix: str, shown: gr.State) -> None:
    save = gr.Button(f"save rows as {name}", size="sm", elem_id=f"save-rows-{name.lower()}")
    ready = gr.DownloadButton(visible="hidden", elem_id=f"rows-{name.lower()}")
    save.click(functools.partial(_saved, suffix), shown, ready, api_visibility="private").then(
        None, None, None, js=f"() => document.querySelector('#rows-{name.lower()}').click()"
    )


@writes()
def _saved(suffix: str, trials: Sequence[Trial]) -> str | None:
    if not trials:
        return None
    path = new_file(f"replearn-distortions{suffix}")
    write_trials(trials, path)
    return str(path)
