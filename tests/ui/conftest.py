"""What a listener of the built page returns, without a browser."""

import gradio as gr
import pytest

from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page


@pytest.fixture(scope="session")  # it takes seconds, and no test changes it
def page():
    return build_page(from_environment())


@pytest.fixture(scope="session")
def answer(page):
    """Return a function that asks a listener by name: its values by `elem_id`, those left out not.

    A state, which has no such name, stands under `state`.
    """

    def asked(name, *values):
        listeners = {one.fn: one for one in page.fns.values() if one.fn and one.name == name}
        (listener,) = listeners.values()
        found = listener.fn(*values)
        if found == gr.skip():
            return {}
        assert set(found) <= set(listener.outputs)
        return {one.elem_id or "state": value for one, value in found.items()}

    return asked
