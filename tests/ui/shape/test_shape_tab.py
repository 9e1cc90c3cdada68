"""What the shape tab answers, without a browser."""

import gradio as gr
import pytest

from replearn.core.errors import StoppedError
from replearn.core.question import Question
from replearn.data.photos import Photos
from replearn.studies.shape import photo_conflicts
from replearn.ui.frame.question import Asked

CAT = Asked(Question(("a cat", "a dog")))


@pytest.mark.slow
def test_five_renditions_are_answered_by_one_model_or_two(answer):
    photo = str(Photos().path(2))
    found = answer("renditions", photo, "photo-clip", "imagenet", CAT)
    assert len(found["renditions"]) == 5
    assert all("(imagenet)" in caption for _, caption in found["renditions"])
    assert found["shape-notice"] is None
    assert answer("renditions", None, "photo-clip", "none", CAT).keys() == {"shape-notice"}


def test_what_ships_is_drawn(answer):
    found = answer("shipped_shape")
    assert found["rendition-accuracy"]["traces"]
    assert found["cue-conflict"]["traces"]
    assert "95 % intervals" in found["shape-stamp"]["text"]
    found = answer("shipped_photographs")
    assert {one["name"].partition(":")[0] for one in found["photo-cue-conflict"]["traces"]} >= {
        "imagenet",
        "imagenet-lite2",
    }
    assert "n = 30 from six photographs" in found["photo-conflicts-stamp"]["text"]
    assert answer("tiles_shuffled")["shuffled-patches"]["traces"]


def test_patches_vote(answer):
    found = answer("patches_voted", str(Photos().path(2)), "its own answer")
    assert len(found["strongest-patches"]) == 6
    assert found["patches-notice"] is None
    assert answer("patches_voted", None, "cube").keys() == {"patches-notice"}


def test_a_data_set_without_cues_leaves_the_figure(answer):
    request = gr.Request(session_hash="mine")
    found = answer("own_cues", "photo-crops", "photo-clip", request, gr.Progress())
    assert "doesn't say its form" in found["own-cues-notice"]
    found = answer("own_cues", "photos", "photo-clip", request, gr.Progress())
    assert "choose a folder" in found["own-cues-notice"]


def test_photographs_in_conflict_are_shown_as_they_are_made(answer, tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(photo_conflicts, "restyled", lambda _network, form, *_rest: form)
    request = gr.Request(session_hash="mine")
    found = answer("photographs_in_conflict", 6, request, gr.Progress())
    assert len(found["photograph-pictures"]) == 6
    assert found["photograph-pictures"][0][1] == "form: cat, texture: lion"
    # the forms were left as they are, and all three networks know them
    assert found["photograph-table"].count("(form)") == 18
    assert found["photo-conflicts-stamp"]["text"].count("shape bias 1.00") == 3
    assert found["photo-conflicts-notice"] is None


def test_a_stop_leaves_the_pictures_that_were_made(answer, tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))

    def stopped(*_asked):
        raise StoppedError("Stopped; what was made is kept.")

    monkeypatch.setattr(photo_conflicts, "restyled", stopped)
    request = gr.Request(session_hash="mine")
    found = answer("photographs_in_conflict", 6, request, gr.Progress())
    assert found == {"photo-conflicts-notice": "Stopped; what was made is kept."}
