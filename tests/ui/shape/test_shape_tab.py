"""What the shape tab answers, without a browser."""

import gradio as gr
import pytest

from replearn.core.question import Question
from replearn.data.photos import Photos
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
    assert answer("tiles_shuffled")["shuffled-patches"]["traces"]


def test_patches_vote(answer):
    found = answer("patches_voted", str(Photos().path(2)), "its own answer")
    assert len(found["strongest-patches"]) == 6
    assert found["patches-notice"] is None
    assert answer("patches_voted", None, "cube").keys() == {"patches-notice"}


def test_a_data_set_without_cues_leaves_the_figure(answer):
    request = gr.Request(session_hash="mine")
    found = answer("own_cues", "photos", "photo-clip", request, gr.Progress())
    assert found.keys() == {"own-cues-notice"}
