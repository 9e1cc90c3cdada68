"""What the server remembers of an open page."""

import gradio as gr
import pytest
from gradio.state_holder import StateHolder

from replearn.ui.frame.serving.page_states import MOST, PageStates


@pytest.fixture
def states():
    with gr.Blocks() as page:
        counted, chosen = gr.State([0]), gr.Dropdown(["a", "b"])
        gr.Button().click(lambda: None, None, [chosen])
    holder = StateHolder()
    holder.set_blocks(page)
    return PageStates(holder), counted._id, chosen._id


def test_each_page_has_states_of_its_own(states):
    holder, counted, _ = states
    holder["one"][counted].append(1)
    assert holder["one"][counted] == [0, 1]
    assert holder["other"][counted] == [0]


def test_a_component_that_was_changed_on_a_page_is_changed_there_alone(states):
    holder, _, chosen = states
    holder["one"][chosen] = gr.Dropdown(["c"], render=False)
    assert holder["one"][chosen].choices == [("c", "c")]
    assert holder["other"][chosen].choices == [("a", "a"), ("b", "b")]


def test_nothing_is_described_for_a_page(states):
    holder, counted, chosen = states
    page = holder["one"]
    page[chosen] = gr.Dropdown(["c"], render=False)
    page[counted] = [1]
    page._update_config(chosen)
    page._update_value_in_config(chosen, "c")
    assert list(page.components) == []


def test_pages_that_asked_long_ago_are_forgotten(states):
    holder, counted, _ = states
    for number in range(MOST):
        holder[str(number)][counted].append(number)
    assert holder["0"][counted] == [0, 0]  # it asked just now
    assert holder["new"][counted] == [0]
    assert len(holder.session_data) == MOST
    assert "0" in holder
    assert "1" not in holder
    assert holder.time_last_used.keys() == holder.session_data.keys()
