"""What is asked is kept for the session, by the listener that answers it: no further request.

A listener hands over what it was asked under `ASKED` among what it shows. The log is a state of the
page, so that no visitor's reaches another's. The browser is told the answer's link, to which a page
that is loaded again comes back.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import gradio as gr
from gradio.context import get_blocks_context

from replearn.taking_home.asked import Asked
from replearn.taking_home.log import Log
from replearn.ui.links.linking import Linking, Told, way_back

ASKED = "asked"  # among what a listener shows: an `Asked`, or several

# of each page: the state, what makes links of its answers, and what tells the browser the last one
_KEPT: WeakKeyDictionary[Any, tuple[gr.State, Linking, gr.Textbox]] = WeakKeyDictionary()


def session_log() -> gr.State:
    """Return the page's log; every visitor's starts empty."""
    return _of_page()[0]


def linking() -> Linking:
    """Return what makes links of the page's answers."""
    return _of_page()[1]


def last_link() -> gr.Textbox:
    """Return what tells the browser of the last answer's link; the page renders it."""
    return _of_page()[2]


def keeps(
    event: Callable[..., Any],
    fn: Callable[..., Any],
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    **how: Any,
) -> Any:
    """Listen to an event with a function that may hand over what it was asked.

    Args:
        event: of a component, or `gr.on` with its events.
        fn: returns what is shown, or yields it step by step.
        inputs: of the function.
        outputs: what it shows.
        how: further arguments of the listener.
    """
    log, links, last = _of_page()
    link = functools.partial(links.of, tuple(inputs), tuple(outputs))
    kept = _keeping(fn, log, last, link)
    return event(fn=kept, inputs=[log, *inputs], outputs=[log, last, *outputs], **how)


def _of_page() -> tuple[gr.State, Linking, gr.Textbox]:
    page = get_blocks_context()
    assert page is not None, "a log belongs to a page"
    if page not in _KEPT:
        unseen = gr.Textbox(visible="hidden", label="last link", elem_id="last-link", render=False)
        _KEPT[page] = (gr.State(Log()), Linking(), unseen)
    return _KEPT[page]


def _keeping(
    fn: Callable[..., Any],
    state: gr.State,
    last: gr.Textbox,
    link: Callable[[Sequence[Any], Any], Told],
) -> Any:
    """Return the function with the log as its first argument."""

    def put(log: Log, values: Sequence[Any], shown: Any) -> Any:
        found = shown.pop(ASKED, None) if isinstance(shown, dict) else None
        if found is None:
            return shown
        told = link(values, shown)
        for one in [found] if isinstance(found, Asked) else found:
            log.add(one, told.link())
        tab = told.state.tab
        log.states[tab] = told.after(log.states.get(tab))
        return {**shown, state: log, last: way_back(log.states[tab])}

    @functools.wraps(fn)
    def answered(log: Log, *values: Any) -> Any:
        return put(log, values, fn(*values))

    @functools.wraps(fn)
    def growing(log: Log, *values: Any) -> Iterator[Any]:
        for shown in fn(*values):
            yield put(log, values, shown)

    kept: Any = growing if inspect.isgeneratorfunction(fn) else answered
    told = inspect.signature(fn)
    first = inspect.Parameter("log", inspect.Parameter.POSITIONAL_ONLY)
    # Gradio reads from it where a progress or a request goes
    kept.__signature__ = told.replace(parameters=[first, *told.parameters.values()])
    return kept
