"""A notebook's array goes wherever a picture goes."""

import numpy as np
import pytest

import replearn
from replearn.core.errors import InputError


def test_an_array_is_answered_as_the_same_picture_is() -> None:
    image = replearn.load_dataset("shapes", size=1)[0].image
    array = np.asarray(image)
    wanted = replearn.classify(image, "shapes-supervised").probabilities
    for same in (array, array / 255):
        found = replearn.classify(same, "shapes-supervised").probabilities
        assert found == pytest.approx(wanted, abs=1e-6)
    by_array = replearn.explain(array, "cube", "shapes-supervised", "grad-cam")
    by_image = replearn.explain(image, "cube", "shapes-supervised", "grad-cam")
    assert by_array.score == pytest.approx(by_image.score, abs=1e-5)
    assert replearn.distort(array, "greyscale", 1.0).size == image.size
    likeness = replearn.explain(array, array, "shapes-supervised", "grad-cam")
    assert likeness.score == pytest.approx(1, abs=1e-4)
    found = replearn.invariance(array, "rotation", ["pixels"])
    assert found.curves[0].model == "pixels"


def test_an_array_that_is_no_picture_is_one_sentence() -> None:
    with pytest.raises(InputError, match="a batch of pictures; give one of them"):
        replearn.classify(np.zeros((1, 8, 8, 3), np.uint8), "shapes-supervised")
