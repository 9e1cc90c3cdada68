"""How a test asks a listener of a page, without a browser."""

import inspect

import gradio as gr

from replearn.taking_home.log import Log


def asking(page):
    """Return a function that asks a listener by name: its values by `elem_id`, those left out not.

    A state, which has no such name, stands under `state`; the visitor's log is left out, or given
    as `log`.
    """

    def asked(name, *values, log=None):
        # one function may listen to several events
        found = {inspect.unwrap(one.fn): one for one in page.fns.values() if one.fn}
        (listener,) = [one for fn, one in found.items() if one.name == name]
        kept = [one for one in listener.inputs if isinstance(one.value, Log)]
        answer = listener.fn(*((log or Log(),) if kept else ()), *values)
        if inspect.isgenerator(answer):  # what the page shows when the last step is there
            answer = {one: value for step in answer for one, value in step.items()}
        if answer == gr.skip():
            return {}
        assert set(answer) <= set(listener.outputs)
        shown = {one: value for one, value in answer.items() if one not in kept}
        return {one.elem_id or "state": value for one, value in shown.items()}

    return asked
