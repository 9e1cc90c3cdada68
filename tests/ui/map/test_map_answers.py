"""What the map answers, without a browser."""

from types import SimpleNamespace

import pytest

from replearn.data.photos import Photos
from replearn.studies.map.embedding_map import MapChoice
from replearn.ui.map.kept_maps import Drawn

PHOTOS = Drawn(MapChoice("photos", "photo-clip", "pca"))


@pytest.fixture(scope="module")
def photo():
    return str(Photos().path(2))


def test_a_change_that_is_told_twice_is_followed_once(answer, photo):
    found = answer("followed_picture", PHOTOS, photo, None)
    assert found["map-notice"] is None
    assert "the subject" in found["nearest-stamp"]["text"]
    assert answer("followed_picture", PHOTOS, photo, (PHOTOS, photo)) == {}
    other = str(Photos().path(3))
    found = answer("followed_picture", PHOTOS, other, (PHOTOS, photo))
    assert found["state"] == (PHOTOS, other)


def test_without_a_map_nothing_is_said(answer, photo):
    assert answer("followed_picture", None, photo, None) == {}


def test_a_click_beside_a_dot_leaves_the_answer_as_it_is(answer):
    found = answer("clicked", PHOTOS, SimpleNamespace(index=None))
    assert found == {"map-notice": "Click on a dot."}
    assert answer("near_name", PHOTOS, "no such name").keys() == {"map-notice"}


def test_a_lasso_brings_its_pictures_and_their_rows(answer):
    found = answer("lassoed", PHOTOS, SimpleNamespace(rows=[0, 2, "3", -1]))
    assert len(found["lassoed"]) == 2
    assert "2 selected" in found.values()
    with open(found["lasso-csv"]["value"], encoding="utf-8") as file:
        assert len(file.readlines()) == 3


def test_a_map_of_ones_own_vectors_faces_no_other(answer):
    own = Drawn(PHOTOS.choice, "own.npz")
    assert answer("second_followed", own, "imagenet") == {}
    assert answer("faced", own, "imagenet", None, None).keys() == {"facing-notice"}


@pytest.mark.slow
def test_the_ends_of_the_axes_are_named(answer):
    found = answer("axes", PHOTOS)
    captions = [caption for _, caption in found["axis-ends"]]
    assert captions[0].startswith("PC1 ")
    assert captions[5].startswith("high: ")
    assert answer("axes", None) == {}
