"""A figure looks old as soon as one of its inputs is newer, until it is drawn anew.

What is drawn from inputs stands in a `figure`; `draws` says what draws it, and which inputs make it
old. A question that is refused leaves the figure, dimmed, under the sentence that says why.
"""

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ParamSpec
from weakref import WeakKeyDictionary

import gradio as gr
from gradio.context import get_blocks_context

from replearn.core.errors import ReplearnError
from replearn.ui.frame.keeping import keeps

SETTLED = 500  # milliseconds until a plot is drawn
Shown = dict[Any, Any]  # a component to its new value; those that are left out stay as they are
_P = ParamSpec("_P")

# of each page: the event of a component -> the number of its listener, the figures that it ages
_TOLD: WeakKeyDictionary[Any, dict[tuple[int, str], tuple[int, list[str]]]] = WeakKeyDictionary()


@contextmanager
def figure(name: str) -> Iterator[None]:
    """Put what is built inside into a figure of this name."""
    with gr.Column(elem_id=f"figure-{name}", elem_classes="rl-figure", min_width=0):
        yield


def stop_button(*names: str) -> gr.Button:
    """Return a button that is seen only while one of these figures is being drawn."""
    classes = ["rl-stop", *(f"rl-stop-{name}" for name in names)]
    return gr.Button("stop", size="sm", variant="stop", elem_classes=classes)


def unchanged() -> Shown:
    """Return what leaves all of a listener's components as they are."""
    found: Shown = gr.skip()
    return found


def refusing(refused: gr.HTML) -> Callable[[Callable[_P, Shown]], Callable[_P, Shown]]:
    """Let a listener that can't answer say why, and leave everything else as it is.

    Args:
        refused: the notice that says why; emptied where there is an answer.
    """

    def decorated(fn: Callable[_P, Shown]) -> Callable[_P, Shown]:
        @functools.wraps(fn)
        def answered(*args: _P.args, **kwargs: _P.kwargs) -> Shown:
            try:
                return {refused: None, **fn(*args, **kwargs)}
            except ReplearnError as error:
                return {refused: str(error)}

        return answered

    return decorated


def cancels(stop: gr.Button, name: str, drawing: Any) -> None:
    """Let a button break off a figure's drawing; the figure goes on looking old."""
    stop.click(None, cancels=[drawing], api_visibility="private")
    js = f"() => {{ replearn.stopped({json.dumps(name)}); }}"
    stop.click(None, None, None, js=js, api_visibility="private")


def breaks_off(events: Sequence[Any], name: str, drawings: Mapping[str, Any]) -> None:
    """Let events break off a figure's drawings, of which Gradio tells the page nothing.

    Args:
        events: of components.
        name: the figure's.
        drawings: the name of each function that draws, and its listener.
    """
    ended = " ".join(f"replearn.ended({json.dumps(name)}, {json.dumps(fn)});" for fn in drawings)
    gr.on(events, None, cancels=[*drawings.values()], api_visibility="private")
    gr.on(events, None, None, None, js=f"() => {{ {ended} }}", api_visibility="private")


def draws(
    name: str,
    events: Sequence[Any],
    fn: Callable[..., Any],
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    refused: gr.HTML,
    also: Sequence[Any] = (),
    follows: Sequence[Any] = (),
    **how: Any,
) -> Any:
    """Draw a figure after each event; return the listener, to go on from or to cancel.

    Args:
        name: the figure's.
        events: of components; the last one wins while a drawing is under way.
        fn: draws; a generator draws in steps. What it was asked, it hands over to be kept (see
            `keeping`).
        inputs: what it is drawn from: a change of any of them makes the figure old at once.
        outputs: what is drawn, and `refused`.
        refused: the notice that says why nothing could be drawn, or None.
        also: read too, after the inputs, but no reason to draw anew: how it is shown, what is kept.
        follows: those of the inputs that a drawing sets itself, as a slider follows a typed level.
        how: further arguments of the listener.
    """
    how = {"trigger_mode": "always_last", "api_visibility": "private", **how}
    grows_old(name, [one for one in inputs if not any(one is other for other in follows)])
    listen = functools.partial(gr.on, list(events), js=_sent(name, fn))
    drawn = keeps(listen, fn, [*inputs, *also], outputs, **how)
    js = f"() => {{ replearn.ended({_of(name, fn)}); }}"
    drawn.then(None, None, None, js=js, api_visibility="private")
    drawn.failure(None, None, None, js=js, api_visibility="private")  # `then` isn't told of it
    drawn.success(
        None,
        refused,
        None,
        js=f"(said) => {{ replearn.drawn({_of(name, fn)}, said); }}",
        api_visibility="private",
    )
    return drawn


def shows(name: str, listener: Any) -> None:
    """Let a figure that no input draws have its tools, once a listener has shown it.

    Args:
        name: the figure's.
        listener: what shows it.
    """
    js = f"() => {{ setTimeout(() => replearnTools.look({json.dumps(name)}), {SETTLED}); }}"
    listener.then(None, None, None, js=js, api_visibility="private")


def grows(name: str, component: Any) -> None:
    """Let a figure that is drawn in steps look new from the first one on.

    Args:
        name: the figure's.
        component: what each step changes.
    """
    js = f"() => {{ replearn.grew({json.dumps(name)}); }}"
    component.change(None, None, None, js=js, api_visibility="private")


def grows_old(name: str, inputs: Sequence[Any]) -> None:
    """Let a figure look old from the moment one of these components is changed.

    Each event has one listener for all figures, which stands before those that send requests:
    Gradio raises the listeners of an event one after another, and slowly where they are many.
    """
    page = get_blocks_context()
    assert page is not None, "figures stand on a page"
    told = _TOLD.setdefault(page, {})
    for event in (event for one in inputs for event in changes(one)):
        key = (event.__self__._id, event.event_name)
        if key not in told:
            event(None, None, None, js="() => {}", api_visibility="private")
            told[key] = (max(page.fns), [])
        listener, names = told[key]
        if name not in names:
            names.append(name)
            page.fns[listener].js = f"() => {{ replearn.touched(...{json.dumps(names)}); }}"


def changes(component: Any) -> list[Any]:
    """Return the events by which a person, or the page's state, changes a component."""
    # a text's `input` misses what isn't typed key by key
    if isinstance(component, gr.State | gr.Textbox):
        return [component.change]
    names = ("input", "upload", "clear", "select")
    found = [getattr(component, name) for name in names if hasattr(component, name)]
    # a choice raises `input` and `select` both; what has no `input` is changed by the others
    return found[:1] if hasattr(component, "input") else found


def _sent(name: str, fn: Callable[..., Any]) -> str:
    return f"(...values) => replearn.sent({_of(name, fn)}, values)"


def _of(name: str, fn: Callable[..., Any]) -> str:
    """Return the figure and which of its listeners, as JavaScript's arguments."""
    return f"{json.dumps(name)}, {json.dumps(fn.__name__)}"
