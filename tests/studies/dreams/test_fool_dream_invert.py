import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.studies.dreams.choices import choices
from replearn.studies.dreams.dream import DeepDreamChoice
from replearn.studies.dreams.fool import ANYTHING, FoolChoice
from replearn.studies.zero_shot.zero_shot import zero_shot


@pytest.fixture(scope="module")
def cheetah():
    photos = Photos()
    return next(photos[i].image for i in range(len(photos)) if photos[i].id == "cheetah1")


def opened_again(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.getvalue()))


@pytest.mark.slow
@pytest.mark.parametrize("model", ["imagenet", "shapes-supervised"])
def test_it_is_fooled_within_the_bound_and_still_so_from_a_file(cheetah, model):
    target = "toaster" if model == "imagenet" else "torus"
    found = replearn.fool(cheetah, target, model, epsilon=8)
    assert found.reached
    assert found.done <= 100
    assert found.grey_levels <= 8.001
    encoder = load_model(model)
    logits = encoder.logits([opened_again(found.image)])[0].astype(np.float64)
    probabilities = np.exp(logits - logits.max())
    probabilities /= probabilities.sum()
    assert probabilities[encoder.class_names.index(target)] >= 0.99 - 1e-3
    # what the network saw before and after differ by no more than is said
    before, after = (
        encoder.shown(encoder.preprocess([opened_again(one)]))[0].astype(int)
        for one in (found.original, found.image)
    )
    assert np.abs(after - before).max() == round(found.grey_levels)
    seen = np.asarray(encoder.preview(cheetah)).astype(int)
    assert np.abs(before - seen).max() == 0


@pytest.mark.slow
def test_from_noise_it_is_sure_of_nothing_at_all():
    found = replearn.fool(None, "toaster", "imagenet", choice=FoolChoice(ANYTHING))
    assert found.reached
    assert found.stamp.seed == 0
    assert [row.treatment for row in found.undone if row.network == "imagenet"] == [
        "saved and opened again",
        "moved by 2 pixels",
        "JPEG",
        "blurred by one pixel",
    ]
    assert found.undone[0].probability == pytest.approx(found.probability, abs=1e-3)
    assert "imagenet-lite2" in {row.network for row in found.undone}


@pytest.mark.slow
def test_labels_are_answers_as_zero_shot_gives_them(cheetah):
    question = Question(("cheetah", "car", "dog"), null_prompt="a photo")
    encoder = load_model("photo-clip")
    wanted = choices(encoder, "dog", question)
    import torch

    outputs = torch.from_numpy(encoder.outputs(encoder.preprocess([cheetah])))
    probabilities = wanted.logits(outputs).softmax(1)[0].numpy()
    answer = zero_shot(cheetah, question.labels, "photo-clip", null_prompt="a photo")
    assert wanted.names == answer.labels
    np.testing.assert_allclose(probabilities, answer.probabilities, atol=1e-4)
    found = replearn.fool(cheetah, "dog", "photo-clip", question=replace(question))
    assert found.first == "cheetah"
    assert found.reached


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"target": "unicorn"}, "no class called"),
        ({"target": "torus", "epsilon": 0}, "at most 1 to 255"),
        ({"target": "torus", "epsilon": float("nan")}, "at most 1 to 255"),
        ({"target": "", "model": "shapes-clip"}, "Type what it should say"),
        ({"target": "cube", "model": "shapes-clip"}, "at least one other label"),
    ],
)
def test_what_cannot_be_fooled_gets_a_sentence(asked, said):
    picture = Image.new("RGB", (64, 64), "grey")
    with pytest.raises(InputError, match=said):
        replearn.fool(picture, **{"model": "shapes-supervised", **asked})


@pytest.mark.slow
@pytest.mark.parametrize("model", ["shapes-supervised", "shapes-clip"])
@pytest.mark.parametrize("size", [(200, 120), (64, 64), (900, 300)])
def test_pictures_of_any_size_are_dreamt_on(model, size):
    rng = np.random.default_rng(0)
    picture = Image.fromarray(rng.integers(0, 256, (size[1], size[0], 3), np.uint8))
    choice = DeepDreamChoice(octaves=2, steps=4)
    found = replearn.dream(picture, model, choice=choice)
    factor = min(1, 640 / max(size))
    assert found.image.size == tuple(round(factor * side) for side in size)
    assert found.after > found.before
    again = replearn.dream(picture, model, choice=choice)
    assert again.image.tobytes() == found.image.tobytes()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"layer": "nowhere"}, "no layer"),
        ({"unit": 9999}, "there is no 9999"),
        ({"choice": None, "image": Image.new("RGB", (10_000, 100))}, "too narrow"),
        ({"image": Image.new("RGB", (1, 1))}, "too narrow"),
    ],
)
def test_what_cannot_be_dreamt_gets_a_sentence(asked, said):
    usual = {"image": Image.new("RGB", (64, 64), "grey"), "model": "shapes-supervised"}
    with pytest.raises(InputError, match=said):
        replearn.dream(**{**usual, **asked})


@pytest.mark.parametrize("wrong", [{"octaves": 0}, {"strength": float("nan")}, {"steps": 10_000}])
def test_dreams_out_of_range_get_a_sentence(wrong):
    with pytest.raises(InputError, match="Choose"):
        DeepDreamChoice(**wrong)


@pytest.mark.slow
def test_an_early_layer_has_kept_more_than_a_late_one(cheetah):
    layers = ("network.layer1.0", "network.layer4.0")
    early, late = (
        replearn.invert(cheetah, "shapes-supervised", layer, steps=64) for layer in layers
    )
    seen = np.asarray(early.original, np.float32)

    def likeness(found):
        return np.corrcoef(np.asarray(found.images[0], np.float32).ravel(), seen.ravel())[0, 1]

    assert likeness(early) > likeness(late) + 0.1
    assert len(early.images) == 2
    assert all(0 <= distance < 0.5 for distance in early.distances)
    assert late.apart > 0
    with pytest.raises(InputError, match="starting points"):
        replearn.invert(cheetah, "shapes-supervised", starts=9)
