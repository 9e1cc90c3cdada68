"""What the map answers, without a browser."""

import gradio as gr
import pytest

from replearn.data.photos import Photos
from replearn.studies.embedding_map import MapChoice
from replearn.ui.map_answers import followed_picture
from replearn.ui.map_kept import Drawn

PHOTOS = Drawn(MapChoice("photos", "photo-clip", "pca"))


@pytest.fixture(scope="module")
def photo():
    return str(Photos().path(2))


def test_a_change_that_is_told_twice_is_followed_once(photo):
    *near, notice, followed = followed_picture(PHOTOS, photo, None)
    assert notice is None
    assert "the subject" in near[2]["text"]
    again = followed_picture(PHOTOS, photo, followed)
    assert all(one == gr.skip() for one in again)
    other = str(Photos().path(3))
    assert followed_picture(PHOTOS, other, followed)[-1] == (PHOTOS, other)


def test_without_a_map_nothing_is_said(photo):
    assert all(one == gr.skip() for one in followed_picture(None, photo, None))
