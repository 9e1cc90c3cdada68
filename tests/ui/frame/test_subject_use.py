"""Which of picture, model, comparison and data set a tab is drawn from."""

import pytest

from replearn.core.settings import Settings
from replearn.ui.frame.page import build_page

KNOWN = {"picture", "model", "compare", "dataset"}


@pytest.fixture(scope="module")
def uses(monkeypatch_module):
    told = []
    monkeypatch_module.setattr("replearn.ui.frame.page.used_by_tabs", _noting(told), raising=True)
    build_page(Settings())
    return told[0]


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def _noting(told):
    from replearn.ui.frame.subject_use import used_by_tabs

    def noted(page, subject):
        told.append(used_by_tabs(page, subject))
        return told[-1]

    return noted


def test_a_tab_uses_what_its_listeners_read(uses):
    assert uses["zero-shot"] == ["picture", "model", "compare"]
    assert "picture" in uses["heat-maps"]
    assert "dataset" in uses["map"]
    assert "dataset" in uses["groups"]
    assert "dataset" not in uses["zero-shot"]
    assert uses["models"] == []


def test_nothing_else_counts(uses):
    assert all(set(read) <= KNOWN for read in uses.values())
