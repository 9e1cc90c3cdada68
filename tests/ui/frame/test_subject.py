"""What comes in above, checked without a browser."""

from types import SimpleNamespace

import pytest

from replearn.data.photos import Photos
from replearn.ui.frame.framing import CENTRE


@pytest.fixture
def photo():
    return str(Photos().path(2))


def test_a_picture_becomes_the_subject_and_a_file_that_is_none_empties_it(answer, photo, tmp_path):
    found = answer("checked_picture", photo, "photo-clip")
    assert found["picture-notice"] is None
    assert found["why"] == ""
    (tmp_path / "note.png").write_text("no picture")
    refused = answer("checked_picture", str(tmp_path / "note.png"), "photo-clip")
    assert refused["picture"] is None
    assert "note.png" in refused["picture-notice"]
    assert answer("checked_picture", None, "photo-clip")["picture-notice"] is None


def test_a_frame_is_a_square_of_the_picture(answer, photo):
    whole = SimpleNamespace(mode="whole", square=None)
    found = answer("chosen_frame", photo, "photo-clip", whole)
    assert found["framing"]["mode"] == "whole"
    wrong = SimpleNamespace(mode="own", square=[0])
    assert answer("chosen_frame", photo, "photo-clip", wrong).keys() == {"picture-notice"}


def test_a_model_that_cannot_be_opened_leaves_the_one_before(answer, photo):
    found = answer("checked_model", "imagenet", "photo-clip", photo, CENTRE)
    assert found["model"].value == "imagenet"
    assert found["name-notice"] is None
    refused = answer("checked_model", "nothing", "photo-clip", photo, CENTRE)
    assert refused["model"] == "photo-clip"
    assert refused["name-notice"].endswith("photo-clip goes on answering.")
    assert set(refused) == {"model", "name-notice"}


def test_nothing_is_compared_with_no_model(answer):
    assert answer("checked_comparison", " ", "imagenet")["compare"] == "none"
    assert answer("checked_comparison", "imagenet", "none")["compare"].value == "imagenet"
    assert answer("checked_comparison", "nothing", "imagenet")["compare"] == "imagenet"


def test_a_data_set_that_cannot_be_opened_leaves_the_one_before(answer):
    found = answer("checked_dataset", "photos", "emoji")
    assert found["state"] == "photos"
    assert found["dataset-told"] == ""
    refused = answer("checked_dataset", "folder:/nowhere", "emoji")
    assert refused["name-notice"].endswith("emoji is still the data set.")
    assert set(refused) == {"name-notice", "dataset-told"}
    assert answer("checked_split", "folder:/nowhere", "test").keys() == set(refused)
