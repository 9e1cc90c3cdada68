"""What a link may set a control to."""

import gradio as gr
import pytest

from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page
from replearn.ui.links.inputs import LinkedInput, linked_inputs
from replearn.ui.links.links import pressable


def fitting(component, value):
    return LinkedInput("made-up", ("parts",), component, None).fitting(value)


@pytest.mark.parametrize(
    ("component", "fits", "refused"),
    [
        (gr.Checkbox(), [True, False], ["true", 1, None]),
        (gr.Slider(0, 10), [0, 3.5, 10], [-1, 11, "3", True, float("nan")]),
        (gr.Number(), [5, -2.5], ["5", None, float("inf")]),
        (gr.Textbox(), ["", "<b>"], [None, ["a"], True]),
        (gr.Radio(["2", "3"]), ["2"], ["4", ["2"], None, {}]),
        (gr.Radio([1, 2]), [2], [3, "x"]),
        (gr.CheckboxGroup(["a", "b"]), [["a"], []], ["a", ["c"], [["a"]]]),
        (gr.Dropdown(["a"], allow_custom_value=True), ["a", "other"], [["a"], None]),
        (gr.Dropdown(["a", "b"], multiselect=True), [["a", "b"]], ["a"]),
    ],
)
def test_a_control_takes_what_it_can_have_and_nothing_else(component, fits, refused):
    for value in fits:
        assert fitting(component, value) == value
    for value in refused:
        assert fitting(component, value) is None


def test_numbers_and_texts_that_look_alike_are_one_choice():
    assert fitting(gr.Radio(["2", "3"]), 2) == "2"
    assert fitting(gr.Radio([2, 3]), "3") == 3
    assert fitting(gr.Textbox(), 5) == "5"


def test_a_list_that_follows_the_model_takes_a_choice_that_comes_later():
    for one in (gr.Dropdown(["the last"]), gr.Radio([], visible=False), gr.Radio([])):
        assert fitting(one, "network.conv1") == "network.conv1"
        found = LinkedInput("made-up", ("parts",), one, None).set_to("network.conv1")
        assert found.value == "network.conv1"
        assert ("network.conv1", "network.conv1") in found.choices


def test_a_choice_comes_with_the_list_it_is_in_for_the_pages_may_be_another_by_now():
    by = gr.Dropdown(["backdrop"], value="backdrop")
    found = LinkedInput("groups-by", ("groups",), by, by.value).set_to("backdrop")
    assert found.choices == [("backdrop", "backdrop")]
    assert LinkedInput("made-up", ("parts",), gr.Slider(0, 1), 0.5).set_to(0.5) == 0.5


def test_every_control_of_every_tab_is_linked_and_no_name_is_there_twice():
    page = build_page(from_environment())
    names = [
        one.elem_id
        for one in page.blocks.values()
        if getattr(one, "elem_id", None) and not isinstance(one, gr.State)
    ]
    assert len(names) == len(set(names)), sorted({x for x in names if names.count(x) > 1})
    found = linked_inputs(page)
    assert len(found) > 130
    assert "train" not in pressable(page)
    assert {"draw-dream", "reveal", "fool", "groups-search-run"} <= set(pressable(page))
