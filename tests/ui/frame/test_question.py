import gradio as gr
import pytest

from replearn.core.settings import Settings
from replearn.data.photos import Photos
from replearn.ui.frame.question import question_box, with_labels
from replearn.ui.frame.serving.options import parse
from replearn.ui.links.inputs import linked_inputs


def box():
    with gr.Blocks() as page, gr.Tab("Zero-shot", id="zero-shot"):
        found = question_box()
    return page, found


def values(found):
    return [one.value for one in found.inputs]


def test_an_example_brings_its_own_labels_unless_some_were_typed():
    _, found = box()
    names = Photos().labels(3)
    labels, asked = with_labels(names, *values(found))
    assert tuple(labels.splitlines()) == asked.labels == names
    typed = ["one\ntwo", *values(found)[1:]]
    assert with_labels(names, *typed) == (gr.skip(), gr.skip())


def test_labels_of_the_launch_stay_with_every_picture(monkeypatch):
    monkeypatch.setenv("REPLEARN_LABELS", "cat, dog")
    page, found = box()
    assert found.asked.value.labels == ("cat", "dog")
    assert with_labels(Photos().labels(3), *values(found)) == (gr.skip(), gr.skip())
    assert found.labels.interactive
    assert "labels" in linked_inputs(page)


def test_a_class_cannot_change_the_labels_of_its_teacher(monkeypatch):
    monkeypatch.setenv("REPLEARN_LABELS", "cat,dog")
    monkeypatch.setenv("REPLEARN_TEACH", "1")
    page, found = box()
    assert (found.labels.interactive, found.preset.visible) == (False, False)
    assert "labels" not in linked_inputs(page)  # a link brings no others


def test_labels_are_an_option_and_checked_before_the_page_is_up(monkeypatch):
    monkeypatch.delenv("REPLEARN_LABELS", raising=False)
    assert parse([]).labels == Settings.labels == ()
    assert parse(["--labels", "cat, dog"]).labels == ("cat", "dog")
    assert not parse(["--labels", "cat,dog"]).fixed_labels
    assert parse(["--labels", "cat,dog", "--teach"]).fixed_labels
    with pytest.raises(SystemExit):
        parse(["--labels", "x" * 5000])
