"""A session, without a browser: listeners of the built page, with what stands on a fresh one."""

import inspect

import gradio as gr
import pytest
from gradio.helpers import special_args

from replearn.taking_home.log import Log
from replearn.ui.frame.examples import first_example


@pytest.fixture(scope="session")
def ask(page):
    """Return a function that lets a listener answer into a log.

    Args (of the function):
        log: the visitor's.
        place: module and name of the listener, below `replearn.ui`.
        picture: stands where the first example does.
        states: what stands in states, by what stands there on a fresh page.
        given: values of controls, by `elem_id`.
    """

    def asked(log, place, picture=None, states=(), **given):
        module, name = place.split(":")
        found = {
            inspect.unwrap(one.fn).__qualname__: one
            for one in page.fns.values()
            if one.fn and inspect.unwrap(one.fn).__module__ == f"replearn.ui.{module}"
        }
        (listener,) = [one for told, one in found.items() if told.split(".")[-1] == name]
        known = {**dict(states), **({first_example(): picture} if picture else {})}

        def value(one):
            if isinstance(one.value, Log):
                return log
            if isinstance(one, gr.State):
                return known.get(one.value, one.value) if isinstance(one.value, str) else one.value
            usual = "" if isinstance(one, gr.Textbox) and one.value is None else one.value
            return given.get(one.elem_id, usual)

        values, *_ = special_args(
            listener.fn, [value(one) for one in listener.inputs], gr.Request(session_hash="a test")
        )
        answer = listener.fn(*values)
        for step in answer if inspect.isgenerator(answer) else [answer]:
            assert set(step) <= set(listener.outputs)

    return asked
