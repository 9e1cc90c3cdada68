"""How far a study is, and how long it will take, shown by Gradio."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.pace import about
from replearn.core.progress import Progress
from replearn.core.settings import from_environment
from replearn.core.visitors.deadline import within
from replearn.core.visitors.precedence import QUESTIONS
from replearn.ui.frame.turns import LATEST


def to_page(progress: gr.Progress) -> Progress:
    """Return a study's progress function that moves the page's bar, and ends work in its time."""

    def report(done: int, total: int, what: str) -> None:
        progress((done, total), desc=what, unit="")
        QUESTIONS.let_pass()

    return within(from_environment().minutes, report)


def promises(
    button: gr.Button,
    events: Sequence[Any],
    seconds: Callable[..., float],
    inputs: Sequence[Any],
    after: Any = None,
) -> None:
    """Let a button say how long its work takes, anew after each event.

    Args:
        button: says what it does.
        events: of the components that the time depends on.
        seconds: of the work, from the values of `inputs`; measured on this computer.
        inputs: components.
        after: the button's own listener: what was waited for once may be kept then.
    """
    what = str(button.value)

    def promised(*values: Any) -> Any:
        try:
            return gr.Button(about(what, seconds(*values)))
        except ReplearnError:
            return gr.Button(what)  # the sentence comes when it is pressed

    promised.__name__ = f"promised_{button.elem_id}"
    gr.on(list(events), promised, list(inputs), button, **LATEST)
    if after is not None:
        after.then(promised, list(inputs), button, **LATEST)
