""" "None of these" beside photo-clip's answers about the example photographs."""

import numpy as np
import pytest

import replearn
from replearn.core.question import Question
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.studies.many_pictures.evaluate import evaluate
from replearn.ui.frame.question import NULL_PROMPT, first_labels

NONE = "none of these"
UNKNOWN = "astronaut"  # ImageNet has no class near it: the model's card says so
KNOWN = [name for name in Photos().class_names if name != UNKNOWN]


def winner(name: str, labels: tuple[str, ...]) -> str:
    photos = Photos()
    image = photos[photos.class_names.index(name)].image
    return str(replearn.zero_shot(image, labels, null_prompt=NULL_PROMPT).top(1)[0][0])


@pytest.mark.parametrize("name", KNOWN)
def test_a_label_wins_among_an_examples_own(name):
    photos = Photos()
    assert winner(name, photos.labels(photos.class_names.index(name))) != NONE


@pytest.mark.parametrize("name", [*KNOWN, "tower"])
def test_the_right_label_wins_alone(name):
    picture = "Eiffel Tower" if name == "tower" else name
    assert winner(picture, (name,)) == name


def test_what_the_model_does_not_know_is_none_of_these():
    assert winner(UNKNOWN, (UNKNOWN,)) == NONE


@pytest.mark.parametrize("name", Photos().class_names)
def test_among_the_first_labels_what_fits_wins_and_else_none(name):
    fits = {name: name for name in first_labels()}
    fits |= {"Eiffel Tower": "tower", "pagoda": "tower"}  # a pagoda is a kind of tower
    assert winner(name, first_labels()) == fits.get(name, NONE)


def test_labels_keep_their_cosines_and_the_null_counts_its_weight():
    labels = ("cat", "dog")
    image = Photos()[0].image
    plain = replearn.zero_shot(image, labels)
    found = replearn.zero_shot(image, labels, null_prompt=NULL_PROMPT)
    weight = load_model("photo-clip").null_weight
    np.testing.assert_array_equal(found.cosines[:-1], plain.cosines)
    assert plain.null_weight == 1
    assert found.null_weight == weight == found.to_dict()["null_weight"] < 1
    logits = found.cosines * np.array([1, 1, weight]) / found.temperature
    shares = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(found.probabilities, shares, atol=1e-5)
    assert f"null prompt {NULL_PROMPT} x {weight:.3g}" in str(found.stamp)


def test_many_pictures_are_answered_with_the_same_weight():
    photos, labels = Photos(), Photos().class_names
    options = Question(labels, null_prompt=NULL_PROMPT)
    found = evaluate(photos, "photo-clip", options)
    alone = [winner(name, labels) for name in labels]
    assert [row.prediction for row in found.rows] == alone
