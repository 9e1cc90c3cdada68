"""What the tab of many pictures answers, without a browser."""

import csv
from pathlib import Path

import gradio as gr
import pytest

from replearn.core.question import Question
from replearn.ui.frame.question import Asked
from replearn.ui.many_pictures.cosines_panel import MOST_PICTURES

FRUIT = Asked(Question(("a pizza", "a cat", "a dog")))


@pytest.mark.slow
def test_the_matrix_has_a_row_for_each_example_and_a_column_for_each_label(answer):
    found = answer("cosines", None, "photo-clip", FRUIT)
    (heat,) = [one for one in found["matrix"]["traces"] if "z" in one]
    assert len(heat["x"]) == 3
    assert len(heat["y"]) == len(heat["z"])
    assert "photo-clip" in found["cosines-stamp"]["text"]
    assert found["cosines-notice"] is None


def test_too_many_pictures_leave_the_matrix_as_it_is(answer):
    found = answer("cosines", ["a.png"] * (MOST_PICTURES + 1), "photo-clip", FRUIT)
    assert found == {"cosines-notice": f"Choose at most {MOST_PICTURES} pictures."}


def test_a_folder_is_evaluated_and_its_rows_can_be_taken(answer):
    found = answer("evaluated", "photos", "photo-clip", FRUIT, gr.Progress())
    assert "Accuracy **" in found["evaluate-summary"]
    with Path(found["evaluate-csv"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row for row in rows if row["correct"] == "0"]
    assert len(found["mistakes"]) == min(12, len(wrong))
    assert found["evaluate-notice"] is None
    refused = answer("evaluated", "folder:/nowhere", "photo-clip", FRUIT, gr.Progress())
    assert set(refused) == {"evaluate-notice"}


def test_labels_are_suggested_among_those_that_were_given(answer):
    found = answer("suggested", "photos", "photo-clip", FRUIT, gr.Progress())
    assert {row[1] for row in found["suggestions"]} <= {"a pizza", "a cat", "a dog"}
