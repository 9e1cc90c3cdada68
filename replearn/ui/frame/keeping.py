"""What is asked is kept for the session, by the listener that answers it: no further request.

A listener hands over what it was asked under `ASKED` among what it shows. The log is a state of the
page, so that no visitor's reaches another's.
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
from replearn.ui.links.linking import Linking

ASKED = "asked"  # among what a listener shows: an `Asked`, or several

# of each page: the state, and what makes links of its answers
_KEPT: WeakKeyDictionary[Any, tuple[gr.State, Linking]] = WeakKeyDictionary()


def session_log() -> gr.State:
    """Return the page's log; every visitor's starts empty."""
    return _of_page()[0]


def linking() -> Linking:
    """Return what makes links of the page's answers."""
    return _of_page()[1]


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
    log, links = _of_page()
    kept = _keeping(fn, log, functools.partial(links.of, tuple(inputs), tuple(outputs)))
    return event(fn=kept, inputs=[log, *inputs], outputs=[log, *outputs], **how)


def _of_page() -> tuple[gr.State, Linking]:
    page = get_blocks_context()
    assert page is not None, "a log belongs to a page"
    if page not in _KEPT:
        _KEPT[page] = (gr.State(Log()), Linking())
    return _KEPT[page]


def _keeping(
    fn: Callable[..., Any], state: gr.State, link: Callable[[Sequence[Any], Any], str]
) -> Any:
    """Return the function with the log as its first argument."""

    def put(log: Log, values: Sequence[Any], shown: Any) -> Any:
        found = shown.pop(ASKED, None) if isinstance(shown, dict) else None
        if found is None:
            return shown
        for one in [found] if isinstance(found, Asked) else found:
            log.add(one, link(values, shown))
        return {**shown, state: log}

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
