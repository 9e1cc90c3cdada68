"""Below the heat map: can it be trusted?"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.pace import duration
from replearn.core.trust_results import Box, Trust
from replearn.plotting.trust_figures import order_figure, randomised_strip
from replearn.studies.heat_map_question import HeatMapQuestion
from replearn.studies.pointing import point_at
from replearn.studies.trust import check
from replearn.studies.trust_cost import expected_seconds
from replearn.ui.components import notice, plot, stamp
from replearn.ui.progress import to_page

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

Asking = Callable[..., tuple[HeatMapQuestion, "Explainer"]]
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


def trust_panel(inputs: Sequence[Any], question: Asking, box: gr.State) -> None:
    """Build the panel, folded.

    Args:
        inputs: the components that say what is explained.
        question: from their values to question and method; may raise `ReplearnError`.
        box: (left, top, right, bottom) as shares of the picture's side, or None.
    """
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    opened, kept = gr.State(False), gr.State(None)
    with gr.Accordion("can this map be trusted?", open=False, elem_id="trust") as panel:
        gr.Markdown(ABOUT, elem_classes="rl-card")
        sides = _sides()
        with gr.Row():
            start = gr.Button(CHECK, size="sm", variant="primary", elem_id="trust-check")
            stop = gr.Button("stop", size="sm", variant="stop", elem_id="trust-stop")
        refused = notice("trust-notice")
        verdicts = gr.Markdown(elem_id="trust-verdicts")
        pointing = gr.Markdown(elem_id="trust-pointing")
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
    shown = [verdicts, deletion, insertion, strip, origin, kept, refused]

    def expected(is_open: bool, *values: Any) -> str:
        return _expected(question, values) if is_open else CHECK

    def checked(progress: gr.Progress = gr.Progress(), *values: Any) -> tuple[Any, ...]:  # noqa: B008
        return _checked(question, values, progress)

    changed = [c.submit if isinstance(c, gr.Textbox) else c.change for c in inputs]
    panel.expand(lambda: True, None, opened, **quiet).then(
        expected, [opened, *inputs], start, **quiet
    )
    panel.collapse(lambda: False, None, opened, **quiet)
    gr.on(changed, _cleared, None, shown, **quiet).then(
        expected, [opened, *inputs], start, trigger_mode="always_last", **quiet
    )
    running = start.click(
        checked, inputs, shown, concurrency_limit=1, api_visibility="private", show_progress="full"
    )
    stop.click(None, cancels=[running], api_visibility="private")
    box.change(_typed, box, sides, **quiet)
    gr.on(
        [kept.change, *(side.change for side in sides)], _pointed, [kept, *sides], pointing, **quiet
    )


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


def _typed(box: tuple[float, ...] | None) -> tuple[float, ...]:
    return tuple(round(side, 3) for side in box) if box else (0.0,) * len(SIDES)


def _expected(question: Asking, values: Sequence[Any]) -> str:
    try:
        return f"{CHECK} (about {duration(max(1.0, expected_seconds(*question(*values))))})"
    except ReplearnError:
        return CHECK  # the heat map itself says what is missing


def _cleared() -> tuple[Any, ...]:
    """Take away the results of another map."""
    return "", None, None, gr.update(value=None, visible=False), None, None, None


def _checked(question: Asking, values: Sequence[Any], progress: gr.Progress) -> tuple[Any, ...]:
    try:
        progress(0, desc="explaining")
        found = check(*question(*values), progress=to_page(progress))
    except ReplearnError as error:
        return (*_cleared()[:-1], str(error))
    score = found.heat_map.target
    curves = [order_figure(one, score) for one in (found.deletion, found.insertion)]
    strip = gr.update(value=randomised_strip(found), visible=True)
    origin = {"text": f"{score} | {found.stamp}"}
    return said(found), *curves, strip, origin, found, None


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
