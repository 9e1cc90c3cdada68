"""Recorded runs: what ships, a run of one's own, and what can't be played."""

import base64

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.plotting.training.recording_value import recording_value
from replearn.results.rows.training import append_row
from replearn.results.training import Row
from replearn.studies.training.recordings import SHIPPED, recording, recordings
from replearn.training.live import COMPARED, STEP, Live, evenly_by_label


def _unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.fixture
def own_run(tmp_path, monkeypatch):
    """A run of two rounds, written as the loop does; its vectors are known."""
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    folder = tmp_path / "runs" / "mine"
    folder.mkdir(parents=True)
    (folder / "recipe.json").write_text('{"recipe": "SimClr", "temperature": 0.5, "seed": 3}')
    random = np.random.default_rng(0)
    vectors, labels = _unit(random.normal(size=(2, 60, 8))), random.integers(0, 4, 60)
    live = Live(folder, ("a", "b", "c", "d"))
    for step, one in zip((0, 5), vectors, strict=True):
        loss = 2.5 if step else None
        append_row(folder, Row(step, step / 5, loss, None, None, 0.5, 0.6, 10.0))
        live.round(step, one, labels)
    return folder, vectors, labels


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_learns_and_holds_together(name):
    found = recording(name)
    rounds, points = found.maps.shape[:2]
    assert rounds == len(found.rounds) == len(found.knn) == len(found.cosines) == 41
    assert points == len(found.labels) == found.tested
    assert found.knn[-1] > found.knn[0] + 0.2
    assert np.isnan(found.losses[0])
    assert np.isfinite(found.losses[1:]).all()
    assert np.abs(found.maps).max() <= 1.27, "what the page's bytes can hold"
    np.testing.assert_allclose(found.cosines[:, range(COMPARED), range(COMPARED)], 1, atol=STEP)
    assert (np.diff(found.labels[found.compared]) >= 0).all(), "sorted by class"
    assert name.partition("-")[2] in found.title


def test_the_two_temperatures_differ_in_nothing_else():
    one, other = map(recording, SHIPPED)
    assert one.settings == other.settings
    assert one.title != other.title
    np.testing.assert_array_equal(one.labels, other.labels)


def test_a_run_of_ones_own_is_listed_and_its_cosines_are_those_of_its_vectors(own_run):
    _, vectors, labels = own_run
    assert recordings() == [*SHIPPED, "mine"]
    found = recording("mine")
    assert found.title == "SimClr, temperature 0.5"
    for cosines, one in zip(found.cosines, vectors, strict=True):
        rows = found.compared
        np.testing.assert_allclose(cosines, one[rows] @ one[rows].T, atol=STEP)
    assert found.settings == "seed 3"
    assert found.rounds.tolist() == [0, 1]
    assert found.losses[1] == 2.5
    np.testing.assert_array_equal(found.labels, labels)


def test_rounds_that_are_done_again_replace_those_that_were(own_run):
    folder, vectors, labels = own_run
    Live(folder, ("a", "b", "c", "d")).round(5, vectors[0], labels)
    found = recording("mine")
    assert len(found.cosines) == 2
    np.testing.assert_array_equal(found.cosines[0], found.cosines[1])


def test_every_label_is_compared_as_often_as_it_is_there():
    labels = np.array([2] * 30 + [0] * 30 + [1] * 60)
    rows = evenly_by_label(labels, 12)
    assert np.bincount(labels[rows]).tolist() == [3, 6, 3]
    assert evenly_by_label(np.array([1, 0]), 12).tolist() == [1, 0]


def test_what_cannot_be_played_is_said(own_run):
    folder, _, _ = own_run
    with pytest.raises(InputError, match="no run called 'none'"):
        recording("none")
    with pytest.raises(InputError, match="no run called"):
        recording("../runs")
    (folder / "recipe.json").write_text("{")
    assert recording("mine").title == "mine", "a recipe that is cut off takes only the words"
    (folder / "maps.npz").write_bytes(b"")
    with pytest.raises(InputError, match="no rounds to play yet"):
        recording("mine")


def test_the_pages_bytes_say_what_the_recording_says(own_run):
    found = recording("mine")
    value = recording_value([found])
    run = value["runs"][0]
    points = np.frombuffer(base64.b64decode(run["points"]), np.int8) * value["step"]
    np.testing.assert_allclose(points.reshape(found.maps.shape), found.maps, atol=value["step"])
    cosines = np.frombuffer(base64.b64decode(run["cosines"]), np.int8) * value["cosine_step"]
    np.testing.assert_allclose(cosines.reshape(found.cosines.shape), found.cosines, atol=0.005)
    assert run["losses"] == [None, 2.5]
    assert run["accuracies"][0].startswith("0.50 [")
    assert "(n = 60)" in run["accuracies"][0]
    assert [run["classes"][place] for place in run["places"]] == [
        "abcd"[label] for label in found.labels
    ]
