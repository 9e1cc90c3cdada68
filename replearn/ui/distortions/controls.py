"""What the Distortions tab asks for: a distortion, its level, and those kept below it."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.distortions.imagenet_c import imagenet_c_names
from replearn.distortions.stack import NOTHING, Stack

FIRST = "rotation"
START = 1.0  # the slider's place when a distortion is chosen: a little of it can be seen


@dataclass(frozen=True)
class DistortionControls:
    """The controls.

    Attributes:
        kind: an entry of `DISTORTIONS`.
        position: a place between the listed levels (see `Distortion.level_at`).
        level: in the distortion's own unit; what counts, the slider only moves it.
        kept: a `Stack` of distortions that come first.
    """

    kind: gr.Dropdown
    position: gr.Slider
    level: gr.Number
    kept: gr.State
    unit: gr.Markdown
    said: gr.Markdown
    keep: gr.Button
    clear: gr.Button


def distortion_controls() -> DistortionControls:
    """Build them where they are to stand."""
    names = [*DISTORTIONS, *imagenet_c_names()]
    kind = gr.Dropdown(names, value=FIRST, label="Distortion", elem_id="distortion")
    with gr.Row(elem_classes="rl-tight"):
        position = gr.Slider(**_range(FIRST), label="Weaker to stronger", elem_id="position")
        level = gr.Number(level_at(FIRST, START), label="Level", elem_id="level", min_width=90)
    unit = gr.Markdown(_unit(FIRST), elem_classes="rl-card", elem_id="level-unit")
    kept = gr.State(NOTHING)
    said = gr.Markdown("", elem_classes="rl-card", elem_id="kept", visible=False)
    with gr.Row(elem_classes="rl-tight"):
        keep = gr.Button("keep this one and add another", size="sm", elem_id="keep")
        clear = gr.Button("start over", size="sm", elem_id="clear", visible=False)
    return DistortionControls(kind, position, level, kept, unit, said, keep, clear)


def level_at(kind: str, position: float) -> float:
    """Return a level that can be read, three digits long; at a listed level exactly that."""
    return float(f"{load_distortion(kind).level_at(position):.3g}")


def new_range(kind: str) -> tuple[Any, float, str]:
    """Return slider, level and unit of a distortion that was just chosen."""
    return gr.Slider(**_range(kind)), level_at(kind, START), _unit(kind)


def kept_with(kept: Stack, kind: str, level: float) -> tuple[Any, ...]:
    """Put the present distortion below the next one, which starts as nothing.

    Raises:
        gr.Error: the stack is full, or the level can't be.
    """
    try:
        stack = kept.then(kind, level)
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return stack, load_distortion(kind).identity_level, *_shown(stack)


def kept_nothing() -> tuple[Any, ...]:
    """Take all kept distortions away."""
    return NOTHING, *_shown(NOTHING)


def _shown(stack: Stack) -> tuple[Any, Any]:
    text = f"Kept below it, in this order: {stack}."
    there = bool(stack.layers)
    return gr.Markdown(text, visible=there), gr.Button(visible=there)


def _range(kind: str) -> dict[str, Any]:
    end = len(load_distortion(kind).levels) - 1
    return {"minimum": 0, "maximum": end, "step": 0.05, "value": START}


def _unit(kind: str) -> str:
    method = load_distortion(kind)
    return (
        f"{method.unit}; {method.identity_level:g} leaves the picture as it is. From "
        f"{method.lowest:g} to {method.highest:g}. [paper]({method.paper})"
    )
