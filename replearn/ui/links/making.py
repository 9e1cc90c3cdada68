"""A link to a state of the page, made without opening it."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from replearn.core.errors import InputError
from replearn.core.page_link import PageState, Value, link_query
from replearn.core.registry import nearest

if TYPE_CHECKING:
    from replearn.ui.links.inputs import LinkedInput

ADDRESS = "http://127.0.0.1:7860"


def page_link(state: PageState, address: str = ADDRESS) -> str:
    """Return the address that brings the page into a state.

    What the state doesn't name is as on a fresh page. The first call builds the page, which takes
    some seconds, to know what there is in it.

    Args:
        state: tab, panels, button and controls by the names that the page has for them. Of the
            subject, `picture` is an example's name, `model`, `compare` and `dataset` are as in the
            page's lists.
        address: where the page is served.

    Raises:
        InputError: there is no such tab, panel, button, control, example, model or data set, or a
            control can't have such a value; the sentence names what there is.

    Example:
        >>> state = PageState("heat-maps", subject={"picture": "chelsea"}, inputs={"target": "ear"})
        >>> page_link(state)  # http://127.0.0.1:7860/?tab=heat-maps&state=...
    """
    if not address.startswith(("http://", "https://")):
        raise InputError(f"The page's address begins with http:// or https://, not {address!r}.")
    return f"{address.rstrip('/')}/?{link_query(_known_page().checked(state))}"


@dataclass(frozen=True)
class _KnownPage:
    """What there is on the page.

    Attributes:
        tabs: dotted paths, such as `matrix.shift`.
        inputs: controls by name.
        panels: the tabs around each panel, by the panel's name.
        buttons: the same of the buttons that a link may press.
    """

    tabs: tuple[str, ...]
    inputs: Mapping[str, "LinkedInput"]
    panels: Mapping[str, tuple[str, ...]]
    buttons: Mapping[str, tuple[str, ...]]

    def checked(self, state: PageState) -> PageState:
        """Return the state as the page itself tells it."""
        from replearn.ui.links.links import ASKING

        _among(self.tabs, state.tab, "tab")
        inside = set(state.tab.split("."))
        for panel in state.unfolded:
            _among(_of(inside, self.panels), panel, f"panel in the tab {state.tab}")
        if state.pressed:
            of_tab = _of(inside, self.buttons)
            _among(of_tab, state.pressed, f"button that a link presses in the tab {state.tab}")
        around = {name: one.tabs for name, one in self.inputs.items()}
        there = _of(inside | {ASKING}, around)
        given: dict[str, Value] = {}
        for name, value in state.inputs.items():
            _among(there, name, f"control in the tab {state.tab}")
            fitting = self.inputs[name].fitting(value)
            if fitting is None:
                raise InputError(f"{name} can't be {value!r}; {_takes(self.inputs[name])}.")
            if fitting != self.inputs[name].usual:
                given[name] = fitting
        inputs = {name: given[name] for name in self.inputs if name in given}
        return replace(state, subject=_subject(state.subject or {}), inputs=inputs)


@functools.cache
def _known_page() -> _KnownPage:
    from replearn.core.settings import from_environment
    from replearn.ui.frame.serving.before_gradio import before_gradio

    before_gradio()
    import gradio as gr

    from replearn.ui.frame.page import build_page
    from replearn.ui.links.inputs import linked_inputs, tabs_around
    from replearn.ui.links.links import pressable

    page = build_page(from_environment())
    blocks = [one for one in page.blocks.values() if getattr(one, "elem_id", None)]
    may_be_pressed = set(pressable(page))
    return _KnownPage(
        tuple(
            ".".join(tabs_around(one)) for one in page.blocks.values() if isinstance(one, gr.Tab)
        ),
        linked_inputs(page),
        {str(one.elem_id): tabs_around(one) for one in blocks if isinstance(one, gr.Accordion)},
        {str(one.elem_id): tabs_around(one) for one in blocks if one.elem_id in may_be_pressed},
    )


def _of(inside: Iterable[str], around: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return what stands in one of these tabs."""
    wanted = set(inside)
    return [name for name, tabs in around.items() if wanted & set(tabs)]


def _among(there: Iterable[str], name: str, kind: str) -> None:
    known = list(there)
    if name in known:
        return
    listed = f"choose one of {', '.join(known)}" if known else "there is none at all"
    raise InputError(f"There is no {kind} called {name!r}; {listed}.{nearest(name, known)}")


def _takes(one: "LinkedInput") -> str:
    """Say which values a control takes."""
    import gradio as gr

    control: Any = one.component
    if choices := [str(choice[1]) for choice in getattr(control, "choices", None) or []]:
        return f"it takes {', '.join(choices)}"
    if isinstance(control, gr.Checkbox):
        return "it takes true or false"
    if isinstance(control, gr.Slider):
        return f"it takes numbers from {control.minimum:g} to {control.maximum:g}"
    return "it takes a number" if isinstance(control, gr.Number) else "it takes a text"


def _subject(told: Mapping[str, Value]) -> dict[str, Value]:
    """Return the subject as a link tells it; a model that is named stays named.

    The page may be served with another first model.
    """
    from replearn.ui.links.linked_subject import usual_subject

    usual = usual_subject("")
    for part in told:
        _among(usual, part, "part of the subject")
    found = {part: _told(part, told[part]) for part in usual if part in told}
    return {part: value for part, value in found.items() if value != usual[part]}


def _told(part: str, value: Value) -> Value:
    """Return a part of the subject as a link names it."""
    from replearn.core.settings import from_environment
    from replearn.data import DATASETS
    from replearn.data.photos import Photos
    from replearn.encoders.names import OPEN_CLIP, canonical
    from replearn.ui.frame.subject_names import DATA, NO_COMPARISON, model_names
    from replearn.ui.links.pictures import EXAMPLE, UPLOAD

    name = str(value)
    if part == "picture" and not name.startswith(UPLOAD):
        _among(Photos().ids, name.removeprefix(EXAMPLE), "example picture")
        return EXAMPLE + name.removeprefix(EXAMPLE)
    if part in ("model", "compare") and name != NO_COMPARISON:
        model = canonical(name)
        if not model.startswith(OPEN_CLIP):
            _among(model_names(from_environment()), model, "model")
        return model
    if part == "dataset" and name.partition(":")[0] not in DATASETS:
        _among(DATA, name, "data set")
    return value
