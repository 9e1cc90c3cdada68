"""A user's own vectors and coordinates: each point's own picture, a sentence for the rest."""

import zipfile
from dataclasses import fields

import numpy as np
import pytest

import replearn
from replearn.core.errors import InputError
from replearn.plotting.map.values import pictures_key
from replearn.store.layouts import layout_name
from replearn.store.own_vectors import read_own
from replearn.studies.map.colour import colour_map
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.own_map import own_map
from replearn.studies.map.pictures import thumbnails
from replearn.studies.map.variants import map_variants
from replearn.ui.map.answers import MapAnswers
from replearn.ui.map.kept_maps import Drawn, draw_map

pytestmark = pytest.mark.slow

PHOTOS = MapChoice("photos", "imagenet", "pca")


@pytest.fixture(scope="module")
def photos():
    return replearn.embed("photos", "imagenet")


@pytest.fixture
def saved(tmp_path):
    def save(**columns):
        path = tmp_path / "own.npz"
        np.savez(path, **columns)
        return path

    return save


def places(n):
    return np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)


def test_coordinates_by_id_bring_each_point_its_own_picture(saved):
    emoji = replearn.embed("emoji")
    order = np.random.default_rng(1).permutation(len(emoji))[:7]
    path = saved(coordinates=places(7), ids=np.array([emoji.ids[i] for i in order]))
    table, found = own_map(path, MapChoice("emoji", "photo-clip", "pca"))
    data = replearn.load_dataset("emoji")
    assert found.captions == tuple(emoji.captions[i] for i in order)
    for shown, row in zip(thumbnails(table, range(7)), order, strict=True):
        np.testing.assert_array_equal(np.asarray(shown), np.asarray(data[int(row)].image))


def test_confidences_follow_the_points(photos, saved):
    order = [5, 2, 9]
    path = saved(coordinates=places(3), ids=np.array([photos.ids[i] for i in order]))
    table, _ = own_map(path, PHOTOS)
    whole = colour_map(photos, "confidence").values
    np.testing.assert_allclose(colour_map(table, "confidence").values, whole[order], atol=1e-4)


def test_a_prompt_is_not_placed_on_coordinates_of_ones_own(photos, saved):
    choice = MapChoice("photos", "photo-clip", "pca")
    drawn = Drawn(choice, str(saved(coordinates=places(len(photos)), ids=np.array(photos.ids))))
    draw_map(drawn)
    answers = MapAnswers(*(field.name for field in fields(MapAnswers)))  # their names will do
    found = answers.coloured(drawn, "prompt", "a cat")
    assert found["colour_by"] == "prompt"
    assert '"marks": []' in found["overlay"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"coordinates": places(5), "ids": np.array(list("abcde"))}, "5 of the file's 5 ids"),
        ({"coordinates": places(5)}, "give one row for each"),
        ({"vectors": np.ones((4, 3)), "coordinates": places(5)}, "give as many"),
        ({"coordinates": places(5), "ids": np.array(list("aabcd"))}, "occur twice"),
        ({"something": places(5)}, "no `vectors`"),
    ],
)
def test_what_does_not_fit_is_one_sentence(saved, columns, said):
    with pytest.raises(InputError, match=said):
        own_map(saved(**columns), PHOTOS)


def test_two_points_are_drawn_and_nothing_is_claimed_of_them(photos, saved):
    _, found = own_map(saved(coordinates=places(2), ids=np.array(photos.ids[:2])), PHOTOS)
    assert found.preservation == {}
    assert len(found.ids) == 2


def test_files_that_are_broken_or_unpack_to_too_much_are_refused(tmp_path, saved, monkeypatch):
    for content in (b"", b"PK\x03\x04 and nothing more"):
        path = tmp_path / "broken.npz"
        path.write_bytes(content)
        with pytest.raises(InputError, match="readable NPZ"):
            read_own(path)
    monkeypatch.setattr("replearn.store.own_vectors.MOST_BYTES", 1000)
    with pytest.raises(InputError, match="unpacks to"):
        read_own(saved(vectors=np.zeros((100, 100))))


def test_arrays_that_are_no_vectors_are_one_sentence(saved, tmp_path):
    for odd in (np.ones((3, 4)) * 1j, np.zeros((3, 4), "M8[s]"), np.array([["a", "b"]])):
        with pytest.raises(InputError, match="aren't numbers"):
            read_own(saved(vectors=odd))
    path = tmp_path / "odd.npz"
    with zipfile.ZipFile(path, "w") as packed:  # NumPy reads the head of an array as Python
        packed.writestr("vectors.npy", b"\x93NUMPY\x01\x00\x64\x00" + b"(" * 99 + b"\n")
    with pytest.raises(InputError, match="readable NPZ"):
        read_own(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("vectors.npy", b"")
    path.write_bytes(
        path.read_bytes().replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff")
    )
    with pytest.raises(InputError, match="readable NPZ"):
        read_own(path)


def test_texts_that_could_not_be_sent_are_mended(saved):
    own = read_own(saved(vectors=np.eye(3), labels=np.array(["a\ud800", "b", "c"])))
    assert own.groups == ("a?", "b", "c")


def test_only_the_columns_that_are_known_are_read(saved):
    own = read_own(saved(vectors=np.eye(6), label=np.array(list("aabbcc")), note=np.array("x")))
    assert own.groups == tuple("aabbcc")
    assert not own.named


def test_large_numbers_do_not_fall_together(saved):
    vectors = np.random.default_rng(0).normal(size=(9, 4)).astype(np.float32)
    names = {layout_name(scale * vectors, "pca", {}, 0) for scale in (1e5, 2e5, 1e-9, 1)}
    assert len(names) == 4


def test_captions_of_another_file_have_another_key(saved):
    keys = []
    for captions in ("abcdef", "uvwxyz"):
        _, found = own_map(saved(vectors=places(6), captions=np.array(list(captions))), PHOTOS)
        keys.append(pictures_key(found))
    assert keys[0] != keys[1]


def test_settings_that_few_pictures_cut_to_the_same_are_one_map():
    found = map_variants(MapChoice("photos", "photo-clip", "tsne"), "perplexity")
    assert len(found.values) == 1
    assert found.maps[0].stamp.settings["perplexity"] == found.values[0] < 5


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_one_sentence(seed):
    with pytest.raises(InputError, match="seed"):
        replearn.project(np.eye(12, dtype=np.float32), "pca", seed=seed)


def test_rows_of_different_widths_are_one_sentence():
    with pytest.raises(InputError, match="one width"):
        replearn.project([[1.0, 2.0], [3.0]], "pca")
