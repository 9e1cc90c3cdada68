"""A page of the panels of prompts and of published figures alone."""

import gradio as gr
import pytest

from replearn.core.settings import from_environment
from replearn.ui.frame.subject_bar import subject_bar
from replearn.ui.frame.turns import Turns
from replearn.ui.groups.audit_panel import audit_panel
from replearn.ui.groups.published_panel import published_panel
from tests.ui.listening import asking


@pytest.fixture(scope="session")
def panels():
    with gr.Blocks() as page:
        turns = Turns()
        subject = subject_bar(from_environment())
        with gr.Tabs(), gr.Tab("Groups", id="groups") as tab:
            turns.tab("groups", tab)
            audit_panel(turns, subject)
            published_panel(turns)
        turns.follow(subject.states)
    return page


@pytest.fixture(scope="session")
def panel_answer(panels):
    """Return a function that asks a listener of the panels by name; see `answer`."""
    return asking(panels)
