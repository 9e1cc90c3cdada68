"""Whose turn it is: what is open answers a change at once, the rest when it is opened, once.

The page decides it by itself (static/page.js): every tab, and every panel in it, has a hidden box,
and its listeners follow that box. A change of the subject moves the box of what is open, and of
that only what is drawn from what changed.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr
from gradio.context import get_blocks_context

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
LATEST: dict[str, Any] = {**QUIET, "trigger_mode": "always_last"}


class Turns:
    """The boxes of a page's tabs and panels."""

    def __init__(self) -> None:
        self._boxes: dict[str, tuple[str, gr.Number]] = {}  # place -> its tab, its box
        self._states: dict[str, gr.State] = {}  # of the subject and the question
        self._aside: set[str] = set()  # that don't follow them
        self._after: dict[str, str] = {}  # place -> the figure that it waits for
        self._folds: set[str] = set()
        self._tabs: dict[str, gr.Tab] = {}

    def tab(self, name: str, tab: gr.Tab) -> gr.Number:
        """Return the box of a tab."""
        self._tabs[name] = tab
        return self._box(name, name)

    def of(self, name: str) -> gr.Number:
        """Return the box of a tab or panel."""
        return self._boxes[name][1]

    def opened(self, name: str) -> Any:
        """Return the event that a tab is opened, each time."""
        return self._tabs[name].select

    def first(self, name: str) -> gr.Number:
        """Return a box that moves when a tab is opened for the first time, and never again."""
        once = f"{name}-once"
        if once not in self._boxes:
            self._aside.add(once)
            self._box(once, name)
        return self.of(once)

    def beside(self, name: str, tab: str, after: str) -> gr.Number:
        """Return the box of a part of a tab that is drawn from other things than the rest.

        Args:
            name: the part's.
            tab: the tab's.
            after: a figure of the tab; while it is being drawn the part waits, for both are slower
                side by side.
        """
        self._after[name] = after
        return self._box(name, tab)

    def answered(self, tab: str, figure: str, drawings: Sequence[Any]) -> None:
        """Let what stands beside a figure go on when the figure is drawn; call it after `beside`.

        A drawing that was asked for first and came last is asked for anew.
        """
        beside = [
            box for name, (of, box) in self._boxes.items() if name in self._after and of == tab
        ]
        js = f"() => replearn.answered({_text(tab)}, {_text(figure)})"
        for drawing in drawings:
            drawing.then(None, None, [self.of(tab), *beside], js=js, **QUIET)

    def panel_alone(
        self, name: str, tab: str, panel: gr.Accordion, events: Sequence[Any] = ()
    ) -> gr.Number:
        """Return the box of a panel that doesn't follow the subject, but other events, if any."""
        self._aside.add(name)
        box = self.panel(name, tab, panel)
        if events:
            self.stir(name, events)
        return box

    def panel(self, name: str, tab: str, panel: gr.Accordion) -> gr.Number:
        """Return the box of a folded panel inside a tab; it waits until both are open."""
        box = self._box(name, tab)
        self._folds.add(name)
        for event, state in ((panel.expand, "true"), (panel.collapse, "false")):
            event(None, None, box, js=f"() => replearn.unfolded({_text(name)}, {state})", **QUIET)
        return box

    def stir(self, name: str, events: Sequence[Any]) -> None:
        """Let a panel follow inputs of its own tab, as it follows the subject."""
        _, box = self._boxes[name]
        gr.on(events, None, None, box, js=f"() => replearn.stirred({_text(name)})", **QUIET)

    def follow(self, states: Mapping[str, gr.State]) -> None:
        """Let all places follow those states that they are drawn from.

        Call it outside of all tabs, when everything is built.
        """
        self._states = dict(states)
        for box in self._all:  # inside a closed tab it would not be told of its own change
            box.render()  # type: ignore[no-untyped-call]
        for name, state in states.items():
            followers = [place for place in self._boxes if name in self._followed(place)]
            self._turn(state.change, "changed", name, followers)
        for name, tab in self._tabs.items():
            inside = [place for place, (of, _) in self._boxes.items() if of == name]
            self._turn(tab.select, "opened", name, inside)

    def _turn(self, event: Any, function: str, name: str, places: list[str]) -> None:
        js = f"() => replearn.{function}({_text(name)}, {_text(places)})"
        event(None, None, [self.of(place) for place in places], js=js, **QUIET)

    def begin(self, after: Any, first: str) -> Any:
        """Give the first tab its turn after an event; until then nobody has one."""
        places = _text(
            [
                (
                    name,
                    tab,
                    self._followed(name),
                    name in self._folds,
                    self._after.get(name),
                )
                for name, (tab, _) in self._boxes.items()
            ]
        )
        js = f"() => replearn.begin({places}, {_text(first)})"
        return after.then(None, None, self._all, js=js, **QUIET)

    def resume(self, after: Any, function: str) -> None:
        """Let what is open be drawn after an event, whether it went well or badly.

        Args:
            after: a listener that gave controls other values while nobody had a turn.
            function: of the page, which returns everyone's turns.
        """
        how = {"js": f"() => {function}()", **QUIET}
        after.then(None, None, self._all, **how)
        after.failure(None, None, self._all, **how)

    def _followed(self, name: str) -> list[str]:
        """Return the names of the states that a place is drawn from."""
        page = get_blocks_context()
        if name in self._aside or page is None:
            return []
        inputs = [one for listener in _heard(page, self.of(name)) for one in listener.inputs]
        return [n for n, state in self._states.items() if any(one is state for one in inputs)]

    @property
    def _all(self) -> list[gr.Number]:
        return [box for _, box in self._boxes.values()]

    def _box(self, name: str, tab: str) -> gr.Number:
        box = gr.Number(0, visible="hidden", label=f"turn of {name}", render=False)
        self._boxes[name] = (tab, box)
        return box


def _heard(page: Any, box: gr.Number) -> list[Any]:
    """Return the listeners of a box, and those that go on from them."""
    found: dict[int, Any] = {}
    for number, listener in sorted(page.fns.items()):
        if (box._id, "change") in listener.targets or listener.trigger_after in found:
            found[number] = listener
    return list(found.values())


def _text(value: Any) -> str:
    return json.dumps(value)
