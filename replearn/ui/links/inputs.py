"""The controls whose values a link carries: every one that a person can set in a tab."""

import math
from dataclasses import dataclass
from typing import Any

import gradio as gr

CHOOSING = (gr.Dropdown, gr.Radio, gr.CheckboxGroup)
KINDS = (*CHOOSING, gr.Slider, gr.Checkbox, gr.Number, gr.Textbox)
# what a person calls a run or a row is their own
APART = frozenset({"run-name", "drift-row-name"})


@dataclass(frozen=True)
class LinkedInput:
    """A control of a tab.

    Attributes:
        name: its `elem_id`.
        tabs: the tab that it stands in, and those around that one, from the outside in.
        component: the control.
        usual: its value on a fresh page.
    """

    name: str
    tabs: tuple[str, ...]
    component: Any
    usual: Any

    def set_to(self, value: Any) -> Any:
        """Return what sets the control to a value that fits.

        Of a list that follows the model or the view, the choices may be others by now: it gets
        those of a fresh page and this one, and the tab brings its own when it is drawn.
        """
        one = self.component
        if not isinstance(one, CHOOSING) or getattr(one, "allow_custom_value", False):
            return value
        there: list[Any] = list(one.choices or [])
        known = {choice[1] for choice in there}
        wanted = value if isinstance(value, list) else [value]
        return type(one)(choices=[*there, *(x for x in wanted if x not in known)], value=value)

    def fitting(self, value: Any) -> Any:
        """Return the value as the control has it; None where it can't have such a value."""
        one = self.component
        if isinstance(one, CHOOSING):
            return _chosen(one, value)
        if isinstance(one, gr.Textbox):
            return _text(value)
        fits = {
            gr.Checkbox: isinstance(value, bool),
            gr.Slider: _is_number(value) and _within(one, value),
            gr.Number: _is_number(value) and _within(one, value),
        }
        return value if any(fit and isinstance(one, kind) for kind, fit in fits.items()) else None


def _chosen(one: Any, value: Any) -> Any:
    """Return a choice as the control spells it; None where it isn't one of its kind."""
    there = [choice[1] for choice in one.choices or []]
    several = isinstance(value, list)
    if several != _takes_several(one):
        return None
    # "2" and 2 are one choice to whoever writes a link by hand
    spelt = {str(choice): choice for choice in there}
    wanted = [spelt.get(str(item), item) for item in (value if several else [value])]
    if not all(isinstance(item, str | int | float) for item in wanted):
        return None
    strange = any(item not in there for item in wanted)
    grows = (
        getattr(one, "allow_custom_value", False)
        or isinstance(one, gr.Dropdown)
        or not one.visible
        or not there
    )
    if strange and not grows:
        return None
    return wanted if several else wanted[0]


def _text(value: Any) -> str | None:
    """Return what a text box is set to; None where a link brings no text."""
    if isinstance(value, str):
        return value
    return f"{value:g}" if _is_number(value) else None


def linked_inputs(page: gr.Blocks) -> dict[str, LinkedInput]:
    """Return the controls of a page by name."""
    found: dict[str, LinkedInput] = {}
    for one in page.blocks.values():
        if not isinstance(one, KINDS) or getattr(one, "interactive", None) is False:
            continue
        tabs, name = tabs_around(one), one.elem_id
        if not tabs or name is None or name in APART or one.visible == "hidden":
            continue
        found[name] = LinkedInput(name, tabs, one, one.value)
    return found


def tabs_around(one: Any) -> tuple[str, ...]:
    """Return the names of the tabs around a component, from the outside in."""
    names: list[str] = []
    while one is not None:
        if isinstance(one, gr.Tab):
            names.insert(0, str(one.id))
        one = one.parent
    return tuple(names)


def _takes_several(one: Any) -> bool:
    return isinstance(one, gr.CheckboxGroup) or bool(getattr(one, "multiselect", False))


def _is_number(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)


def _within(one: Any, value: float) -> bool:
    low, high = getattr(one, "minimum", None), getattr(one, "maximum", None)
    return (low is None or value >= low) and (high is None or value <= high)
