"""The subject that a link brings: what can't be had is a sentence, and the lists stay whole."""

import gradio as gr
import pytest

from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.ui.frame.examples import example
from replearn.ui.frame.subject_bar import subject_bar
from replearn.ui.getting.views import GET
from replearn.ui.links.linked_subject import told_subject
from replearn.ui.links.pictures import named_picture, picture_name


@pytest.fixture
def subject():
    with gr.Blocks():
        return subject_bar(from_environment())


def test_every_example_is_found_by_its_name_and_no_other_takes_its_place():
    for index in range(12):
        assert named_picture(picture_name(example(index))) == example(index)
    with pytest.raises(InputError, match="an example that isn't here: nonsense"):
        named_picture("example:nonsense")


def test_getting_another_stays_in_the_lists(subject):
    found, refused = told_subject(subject, {"model": "imagenet", "compare": "photo-clip"})
    assert refused == ""
    for chooser, chosen in (("model", "imagenet"), ("compare", "photo-clip")):
        offered = found[getattr(subject.choosers, chooser)]
        assert offered.value == chosen
        assert GET in [value for _, value in offered.choices]


def test_where_the_model_is_fixed_a_link_changes_nothing_and_says_so(monkeypatch):
    monkeypatch.setenv("REPLEARN_TEACH", "1")
    monkeypatch.setenv("REPLEARN_MODELS", "shapes-clip")
    with gr.Blocks():
        subject = subject_bar(from_environment())
    found, refused = told_subject(subject, {"model": "imagenet"})
    assert found[subject.model] == "shapes-clip"
    assert refused == "This page works with shapes-clip; the link names imagenet."
    assert told_subject(subject, {})[1] == ""
