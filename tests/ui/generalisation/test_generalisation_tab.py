"""What the generalisation tab answers, without a browser."""

from types import SimpleNamespace

import gradio as gr
import pytest


@pytest.mark.slow
def test_the_matrix_and_a_cell_of_it_are_drawn(answer):
    found = answer("whole", 0)
    assert found["matrix-own"]["traces"]
    assert len(found["matrix-own"]["layout"]["shapes"]) == 9, "the diagonal is marked"
    assert found["matrix-published"]["layout"]["shapes"] == found["matrix-own"]["layout"]["shapes"]
    assert "repeated" in found["matrix-verdict"]
    assert "findings of the paper" in found["matrix-findings"]
    cell = answer("cell", "A8", "uniform_noise_0.35")
    assert "A8 on" in cell["matrix-cell"]
    assert cell["matrix-cell-notice"] is None
    assert answer("cell", "A99", "uniform_noise_0.35").keys() == {"matrix-cell-notice"}


def test_a_click_chooses_row_and_column(answer):
    found = answer("cell_clicked", SimpleNamespace(index=0))
    assert found["matrix-network"] == "A1"
    assert found["state"] == 0
    with pytest.raises(gr.Error):
        answer("cell_clicked", SimpleNamespace(index=-1))


@pytest.mark.slow
def test_a_shift_is_shown_once_and_what_is_there_stays(answer):
    found = answer("shifts_opened", None, "shapes")
    assert "chance" in found["drift-stamp"]["text"]
    assert found["drift-plot"]["traces"]
    assert found["drift-notice"] is None
    assert answer("shifts_opened", object(), "shapes") == {}


def test_a_row_is_added_to_those_there_are(answer):
    found = answer("row_added", "clean = folder:A\n", "sketch", "folder:B")
    assert found["drift-rows"] == "clean = folder:A\nsketch = folder:B"
    assert found["drift-row-name"] == ""
    assert answer("row_added", "", " ", None).keys() == {"drift-own-notice"}


def test_rows_that_cannot_be_read_leave_the_table(answer):
    request = gr.Request(session_hash="mine")
    found = answer("rows_compared", "no row", ["imagenet"], request, gr.Progress())
    assert found.keys() == {"drift-own-notice"}
    assert "is no row" in found["drift-own-notice"]
