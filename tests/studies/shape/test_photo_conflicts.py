"""Photographs in conflict: made, kept as they are made, found again, asked about."""

from collections import Counter

import numpy as np
import pytest
import torch

from replearn.core.errors import InputError, StoppedError
from replearn.data.labels import imagenet_names
from replearn.data.photo_categories import photo_categories, photo_members
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.plotting.shape.conflict_table import conflict_table
from replearn.studies.answering.opened_network import as_tensor, opened
from replearn.studies.shape import photo_conflicts as study
from replearn.studies.shape.conflict_pictures import conflict_pictures
from replearn.studies.shape.cues import Cues
from replearn.studies.shape.kept_conflicts import conflict_path, keep_conflict, kept_conflict
from replearn.studies.shape.photo_biases import growing_biases
from replearn.studies.shape.photo_conflicts import PhotoConflicts, photo_conflicts, photo_pairs
from replearn.studies.shape.restyled import STYLE_LAYERS, StyleChoice, restyled
from replearn.studies.shape.shape_bias import shape_bias
from replearn.visualisations.objectives import seen_by
from replearn.visualisations.style import gram

TINY = StyleChoice(steps=2, side=64)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))


@pytest.fixture
def made(monkeypatch):
    """Return the pictures that are made, by their steps; they are the forms, untouched."""
    calls = []

    def quick(network, form, texture, choice, progress):
        for step in range(choice.steps):
            progress(step, choice.steps, "steps")
        calls.append((form, texture))
        return form

    monkeypatch.setattr(study, "restyled", quick)
    return calls


def test_any_beginning_has_each_form_and_texture_about_as_often():
    pairs = photo_pairs()
    assert len(set(pairs)) == len(pairs) == 30
    assert all(one.conflict for one in pairs)
    for end in (6, 12, 30):
        for named in ([one.shape for one in pairs[:end]], [one.textures for one in pairs[:end]]):
            assert set(Counter(named).values()) == {end // 6}
    for wrong in (0, 31):
        with pytest.raises(InputError, match="1 to 30"):
            photo_pairs(wrong)


def test_categories_are_photographs_and_classes_of_imagenet():
    names, known = imagenet_names(), Photos().ids
    said = {name: {names[index] for index in of} for name, of in photo_members().items()}
    assert all(one.photo in known for one in photo_categories())
    assert said["lion"] == {"lion"}
    assert said["espresso"] == {"espresso", "coffee mug", "tea cup"}
    assert len(said["cat"]) == 5
    assert sum(len(of) for of in said.values()) == len(set.union(*said.values()))


@pytest.mark.slow
@pytest.mark.parametrize("model", ["imagenet", "imagenet-lite2"])
def test_each_photograph_is_named_rightly_among_all_classes(model):
    photos, encoder = Photos(), load_model(model)
    for one in photo_categories():
        logits = encoder.logits([photos[photos.index(one.photo)].image])[0]
        assert int(logits.argmax()) in photo_members()[one.name], one.name


def test_a_picture_keeps_its_side_and_comes_nearer_to_the_texture():
    network = opened("imagenet")
    photos = Photos()
    form, texture = (
        network.encoder.preview(photos[photos.index(name)].image).resize((64, 64))
        for name in ("motorcycle_left", "lion")
    )
    found = restyled(network, form, texture, StyleChoice(steps=8, side=64))
    assert found.size == (64, 64)

    def style(image):
        with torch.inference_mode():
            pixels = network.normalise(as_tensor(image))
            return [gram(one) for one in seen_by(network.tower, pixels, STYLE_LAYERS).values()]

    wanted = style(texture)
    before, after = (
        sum(
            float((a - b).square().sum() / b.square().sum())
            for a, b in zip(style(image), wanted, strict=True)
        )
        for image in (form, found)
    )
    assert after < 0.7 * before


def test_a_stop_keeps_what_was_made_and_the_rest_is_made_later(made):
    told = []

    def stopping(done, total, what):
        told.append((done, total, what))
        if done >= 3:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        photo_conflicts(3, TINY, stopping)
    assert told[:3] == [
        (0, 6, "steps, picture 1 of 3"),
        (1, 6, "steps, picture 1 of 3"),
        (2, 6, "steps, picture 2 of 3"),
    ]
    kept = [kept_conflict(cues, TINY) is not None for cues in photo_pairs(3)]
    assert kept == [True, False, False]
    assert len(made) == 1
    found = photo_conflicts(3, TINY)
    assert len(made) == len(found) == 3
    again = photo_conflicts(3, TINY)
    assert len(made) == 3  # all were found
    assert again.fingerprint() == found.fingerprint()
    photo_conflicts(1, StyleChoice(steps=3, side=64))
    assert len(made) == 4  # other settings, another picture


def test_a_damaged_picture_is_made_anew(made):
    photo_conflicts(1, TINY)
    path = conflict_path(photo_pairs(1)[0], TINY)
    path.write_bytes(path.read_bytes()[:100])
    assert kept_conflict(photo_pairs(1)[0], TINY) is None
    photo_conflicts(1, TINY)
    assert len(made) == 2
    assert kept_conflict(photo_pairs(1)[0], TINY) is not None


def test_form_and_texture_are_the_photographs_that_the_cues_name(made):
    photo_conflicts(1, TINY)
    ((form, texture),) = made
    encoder, photos = load_model("imagenet"), Photos()
    by_name = {one.name: one.photo for one in photo_categories()}
    (cues,) = photo_pairs(1)
    for image, name in ((form, cues.shape), (texture, cues.textures[0])):
        seen = encoder.preview(photos[photos.index(by_name[name])].image)
        np.testing.assert_array_equal(np.asarray(image), np.asarray(seen.resize((64, 64), 3)))


def test_networks_are_asked_as_pictures_come_and_counted(made):
    found = list(growing_biases(2, ["imagenet"], TINY))
    assert [len(one.pictures) for one in found] == [1, 2]
    last = found[-1].biases["imagenet"]
    assert last.stamp.n == len(last.answers) == last.either.n == 2
    whole = shape_bias(photo_conflicts(2, TINY), "imagenet")
    assert whole.answers == last.answers
    assert whole.overall == last.overall
    assert {one.answer for one in last.answers} <= set(photo_members())
    shown = conflict_pictures(found[-1].biases, found[-1].pictures)
    assert [one.shape for one in shown] == ["cat", "lion"]
    np.testing.assert_array_equal(shown[1].picture, np.asarray(found[-1].pictures[1].image))
    assert "`imagenet`" in conflict_table(shown)


def test_who_can_t_answer_is_told_before_anything_is_made(made):
    with pytest.raises(InputError, match="not ImageNet's 1,000"):
        shape_bias("photos", "shapes-supervised")
    assert not made


def test_a_cache_that_can_t_be_written_costs_only_time(made, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(blocked))
    assert len(photo_conflicts(2, TINY)) == len(made) == 2


def test_a_data_set_of_them_says_form_and_texture():
    image = Photos()[0].image
    data = PhotoConflicts([study.PhotoConflict(Cues("lion", ("cat",)), image)])
    assert data[0].label == data.class_names.index("lion")
    assert data[0].id == "lion-cat"
    assert data[0].meta == {"texture": "cat"}
    keep_conflict(Cues("lion", ("cat",)), TINY, image)
    assert kept_conflict(Cues("lion", ("cat",)), TINY) is None  # of another side
