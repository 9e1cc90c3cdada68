"""Below the heat map: can it be trusted?"""

from typing import TYPE_CHECKING

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.pace import duration
from replearn.explainers import load_explainer
from replearn.plotting.heat_maps.trust_figures import order_figure, randomised_strip
from replearn.results.trust import Box, Trust
from replearn.studies.answering.heat_map_question import HeatMapQuestion, ask
from replearn.studies.heat_maps.pointing import point_at
from replearn.studies.heat_maps.trust import check
from replearn.studies.heat_maps.trust_cost import expected_seconds
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.turns import LATEST, QUIET, Turns
from replearn.ui.heat_maps.controls import DrawnMap

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

TAB = "heat-maps"
SIDES = ("Left", "Top", "Right", "Bottom")
CHECK = "check this map"
ABOUT = (
    "Four checks. **Deletion and insertion** ([Petsiuk et al. 2018]"
    "(https://arxiv.org/abs/1806.07421)): the score should follow the map's order sooner than "
    "random orders of the same cells; the band is the random orders. **Random weights** ([Adebayo "
    "et al. 2018](https://arxiv.org/abs/1810.03292)): the network's blocks are shuffled from the "
    "last one down to the one named under each map, beside the rank correlation with the first "
    "map; a map that stays shows something else than reasons. **Completeness**, where the method "
    "claims a sum. **Pointing game** ([Zhang et al. 2018]"
    "(https://doi.org/10.1007/s11263-017-1059-x)): drag a box on the map, or type its sides. One "
    "picture is an example: the table below is over many."
)


def trust_panel(turns: Turns, drawn: gr.State, box: gr.State) -> None:
    """Build the panel, folded.

    Args:
        turns: the page's.
        drawn: a `DrawnMap`, what the map above was drawn from, or None.
        box: (left, top, right, bottom) as shares of the picture's side, or None.
    """
    kept = gr.State(None)
    with gr.Accordion("can this map be trusted?", open=False, elem_id="trust") as panel:
        gr.Markdown(ABOUT, elem_classes="rl-card")
        with gr.Row(elem_classes="rl-buttons"):
            start = gr.Button(CHECK, size="sm", variant="primary", elem_id="trust-check")
            stop = stop_button("trust")
        refused = notice("trust-notice")
        with figure("trust"):
            verdicts = gr.Markdown(elem_id="trust-verdicts")
            with gr.Row():
                with gr.Column(min_width=260):
                    deletion = plot("trust-deletion")
                with gr.Column(min_width=260):
                    insertion = plot("trust-insertion")
            strip = gr.Gallery(
                label="The same method on a network shuffled from the top down",
                show_label=False,
                columns=5,
                height="auto",
                object_fit="contain",
                buttons=[],
                visible=False,
                elem_id="trust-strip",
            )
            origin = stamp("trust-stamp")
        sides = _sides()
        pointing = gr.Markdown(elem_id="trust-pointing")

    @refusing(refused)
    def checked(
        shown: DrawnMap | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        progress(0, desc="explaining")
        found = check(*_question(shown), progress=to_page(progress))
        score = found.heat_map.target
        return {
            verdicts: said(found),
            deletion: order_figure(found.deletion, score),
            insertion: order_figure(found.insertion, score),
            strip: gr.update(value=randomised_strip(found), visible=True),
            origin: {"text": f"{score} | {found.stamp}"},
            kept: found,
        }

    def typed(box: tuple[float, ...] | None) -> Shown:
        values = [round(side, 3) for side in box] if box else [0.0] * len(SIDES)
        return dict(zip(sides, values, strict=True))

    turn = turns.panel_alone("trust", TAB, panel, [drawn.change])
    turn.change(_expected, drawn, start, **LATEST)
    running = draws(
        "trust",
        [start.click],
        checked,
        [drawn],
        [verdicts, deletion, insertion, strip, origin, kept, refused],
        refused,
        concurrency_limit=1,
        show_progress="full",
        show_progress_on=[verdicts],
    )
    cancels(stop, "trust", running)
    box.change(typed, box, sides, **QUIET)
    gr.on(
        [kept.change, *(side.change for side in sides)],
        _pointed,
        [kept, *sides],
        pointing,
        **LATEST,
    )


def _question(shown: DrawnMap | None) -> "tuple[HeatMapQuestion, Explainer]":
    """Return question and method of the map that is drawn, whatever the controls say by now."""
    if shown is None:
        raise InputError("There is no map to check yet.")
    asked = shown.asked
    question = ask(shown.picture, asked.target, shown.model, asked.against, asked.finer)
    return question, load_explainer(asked.method, asked.settings)


def _sides() -> list[gr.Number]:
    with gr.Row():
        return [
            gr.Number(
                0,
                minimum=0,
                maximum=1,
                step=0.01,
                label=f"{name} of the box",
                min_width=80,
                elem_id=f"box-{name.lower()}",
            )
            for name in SIDES
        ]


def _expected(shown: DrawnMap | None) -> str:
    try:
        return f"{CHECK} (about {duration(max(1.0, expected_seconds(*_question(shown))))})"
    except ReplearnError:
        return CHECK  # the heat map itself says what is missing


def said(found: Trust) -> str:
    """Return the verdicts as a list, those that fail in bold."""
    lines = []
    for verdict in found.verdicts:
        check_, rest = verdict.split(":", 1)
        lines.append(f"- **{check_}**:{rest}" if check_.startswith("Fails") else f"- {verdict}")
    return "\n".join(lines)


def _pointed(found: Trust | None, *sides: float | None) -> str:
    if found is None or not any(sides):
        return ""
    try:
        box = Box(*(float(side or 0) for side in sides))
        return f"- {point_at(found.heat_map.values, box).verdict}"
    except ReplearnError as error:
        return f"- {error}"
