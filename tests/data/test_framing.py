"""The square that a model gets to see of a picture."""

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.errors import InputError
from replearn.encoders import lab
from replearn.encoders.registry import load_model
from replearn.encoders.seen import Seen, seen_by


@pytest.fixture
def panorama():
    """Return 1200 x 200 pixels: red, but for a green square at the right end."""
    values = np.zeros((200, 1200, 3), np.uint8)
    values[..., 0] = 200
    values[:, 1000:] = (0, 200, 0)
    return Image.fromarray(values)


@pytest.mark.parametrize("model", ["photo-clip", "imagenet"])
def test_the_model_sees_the_square_that_was_chosen_and_no_more(panorama, model):
    encoder = load_model(model)
    share = seen_by(model).share
    assert np.ptp(np.asarray(encoder.preview(panorama))[..., 1]) < 10  # the middle: red alone
    square = replearn.framed(panorama, (1000 / 1200, 0.0, 1.0), share)
    seen = np.asarray(encoder.preview(square)).astype(int)
    inside = seen[4:-4, 4:-4]
    assert inside[..., 1].min() > 190
    assert inside[..., 0].max() < 10


@pytest.mark.parametrize("model", ["photo-clip", "imagenet"])
def test_the_whole_picture_is_seen_with_grey_margins(panorama, model):
    encoder = load_model(model)
    seen = np.asarray(encoder.preview(replearn.framed(panorama, None, seen_by(model).share)))
    middle = seen[112].astype(int)
    assert middle[4, 0] > 150  # the left end
    assert middle[-5, 1] > 150  # the right end
    assert np.abs(seen[10].astype(int) - 128).max() <= 2


def test_the_centre_square_is_what_a_model_crops_by_itself(panorama):
    encoder = load_model("photo-clip")
    square = replearn.framed(panorama, (500 / 1200, 0.0, 1.0))
    assert square.size == (200, 200)
    np.testing.assert_array_equal(
        np.asarray(encoder.preview(square)), np.asarray(encoder.preview(panorama))
    )


@pytest.mark.parametrize(
    "square", [(0.9, 0, 1), (-0.1, 0, 1), (0, 0, 0.001), (0, 0.5, 1), (0, 0, 2)]
)
def test_a_square_outside_is_one_sentence(panorama, square):
    with pytest.raises(InputError) as caught:
        replearn.framed(panorama, square)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "model",
    ["photo-clip", "imagenet", "pixels", "shapes-untrained", *lab.SHIPPED, *lab.DICTIONARIES],
)
def test_what_is_said_of_a_model_that_ships_is_what_it_does(model):
    how = load_model(model).preprocessing
    assert seen_by(model) == Seen(how.crop / how.resize, how.mode == "squash")
