"""What a link sets on the page, without a browser."""

import pytest

from replearn.core.page_link import PageState, link_query
from replearn.ui.links.links import FRESH


@pytest.fixture
def query():
    state = PageState("training", subject={"model": "imagenet"}, inputs={"training-epochs": 7})
    return link_query(state)


def test_a_link_sets_every_control_of_its_tab(answer, query):
    found = answer("link_restored", query)
    assert found["link-notice"] is None
    assert found["model"].value == "imagenet"
    assert found["run-shown"].value == "shapes-supcon"  # as on a fresh page


def test_a_page_that_is_loaded_again_keeps_what_it_found_meanwhile(answer, query):
    found = answer("link_restored", query + FRESH)
    assert found["model"].value == "imagenet"
    assert "run-shown" not in found  # a run may be going


def test_a_class_with_labels_of_its_own_is_told_that_a_links_are_left_out(answer, monkeypatch):
    state = PageState("zero-shot", subject={}, inputs={"labels": "cat\ndog"})
    assert answer("link_restored", link_query(state))["link-notice"] is None
    monkeypatch.setenv("REPLEARN_LABELS", "lion,tiger")
    monkeypatch.setenv("REPLEARN_TEACH", "1")
    said = answer("link_restored", link_query(state))["link-notice"]
    assert "its own labels" in said
