"""What is drawn, and how: the tab's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.studies.dreams.dream_choice import HELPS, USUAL, DreamChoice
from replearn.studies.dreams.gallery import shipped_gallery, text_of

LAST = "the last"


@dataclass(frozen=True)
class DreamAsked:
    """What a person asks to be drawn.

    Attributes:
        target: a class or a text; nothing where a unit is asked for.
        against: another one, whose score is taken off.
        layer: of the unit; "" is the last.
        unit: or None.
        choice: helps, steps, seed and how many.
    """

    target: str
    against: str
    layer: str
    unit: int | None
    choice: DreamChoice


@dataclass(frozen=True)
class DreamControls:
    """The components of the left third."""

    target: gr.Textbox
    helps: gr.CheckboxGroup
    of_unit: gr.Checkbox
    layer: gr.Dropdown
    unit: gr.Number
    against: gr.Textbox
    steps: gr.Slider
    count: gr.Slider
    seed: gr.Number

    @property
    def inputs(self) -> list[Any]:
        """The components in the order in which `asked` reads their values."""
        return [
            *(self.target, self.helps, self.of_unit, self.layer, self.unit),
            *(self.against, self.steps, self.count, self.seed),
        ]

    @property
    def costly(self) -> list[Any]:
        """The components that the time hangs on: helps, steps, pictures at once."""
        return [self.helps, self.steps, self.count]


def dream_controls() -> DreamControls:
    """Build the controls."""
    target = gr.Textbox(
        label="Draw",
        info="a class of the model, or any text where it reads text",
        max_lines=1,
        elem_id="dream-target",
    )
    helps = gr.CheckboxGroup(
        list(HELPS),
        value=list(USUAL),
        label="Helps",
        info="without any: plain pixels",
        elem_id="dream-helps",
    )
    with gr.Accordion("a unit instead; steps, seed, several at once", open=False):
        of_unit = gr.Checkbox(label="Draw a unit, not a class", elem_id="dream-of-unit")
        layer = gr.Dropdown([LAST], value=LAST, label="Layer", elem_id="dream-layer")
        unit = gr.Number(0, precision=0, minimum=0, label="Unit", elem_id="dream-unit")
        against = gr.Textbox(
            label="against another class or text", max_lines=1, elem_id="dream-against"
        )
        steps = gr.Slider(16, 512, 192, step=16, label="Steps", elem_id="dream-steps")
        count = gr.Slider(1, 4, 1, step=1, label="Pictures at once", elem_id="dream-count")
        seed = gr.Number(0, precision=0, minimum=0, label="Seed", elem_id="dream-seed")
    return DreamControls(target, helps, of_unit, layer, unit, against, steps, count, seed)


def dream_asked(model: str, values: tuple[Any, ...]) -> DreamAsked:
    """Read the controls.

    Args:
        model: the page's.
        values: of `DreamControls.inputs`.

    Raises:
        InputError: a number is out of range.
    """
    text, helps, of_unit, layer, unit, against, steps, count, seed = values
    text, against = text or "", against or ""  # what was never unfolded has no value
    choice = DreamChoice(tuple(helps), int(steps), int(seed or 0), int(count))
    place = "" if layer == LAST else layer
    if of_unit:
        return DreamAsked("", "", place, int(unit or 0), choice)
    return DreamAsked(text.strip() or _usual(model), against, place, None, choice)


def _usual(model: str) -> str:
    """Return what is drawn where nothing is typed: the first of what ships, if anything does."""
    ships = shipped_gallery(model)
    if not ships:
        return ""
    own = [judge.asked for judge in ships[0].judges if judge.own]
    return own[0] if own else text_of(ships[0].target)
