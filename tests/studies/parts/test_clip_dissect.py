"""Words for a unit: correlations against NumPy's, and what shuffled pictures give."""

import numpy as np
import pytest

from replearn.data import load_dataset
from replearn.data.photo_crops import PhotoCrops
from replearn.data.vocabularies import vocabulary
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_texts
from replearn.store.table import embed
from replearn.studies.answering.responses import responses
from replearn.studies.answering.samples import of_one_thing
from replearn.studies.parts.units import clip_dissect as room


def test_correlations_are_numpys():
    random = np.random.default_rng(0)
    units, cosines = random.normal(size=(3, 50)), random.normal(size=(50, 7))
    found = room.correlations(units, cosines)
    for u in range(3):
        for w in range(7):
            excess = cosines[:, w] - np.array([row.mean() for row in cosines])
            wanted = np.corrcoef(units[u], excess)[0, 1]
            assert found[u, w] == pytest.approx(wanted, abs=1e-5)


def test_a_dead_unit_goes_with_no_word():
    cosines = np.random.default_rng(0).normal(size=(20, 5))
    assert (room.correlations(np.ones((1, 20)), cosines) == 0).all()


def test_squares_of_a_photograph_stay_together():
    data = PhotoCrops()
    values = np.arange(len(data), dtype=np.float32)
    first = next(iter(room.shuffled(values, of_one_thing(data))))
    assert sorted(first) == sorted(values)
    assert (first != values).any()
    for start in range(0, len(data), data.of_each):
        block = first[start : start + data.of_each]
        assert (np.diff(block) == 1).all()
        names = {data[int(row)].meta["photograph"] for row in block[::19]}
        assert len(names) == 1


def test_a_bridge_knows_the_pictures():
    assert room.bridge_for(load_dataset("shapes")) == "shapes-clip"
    assert room.bridge_for(load_dataset("photo-crops")) == "photo-clip"


@pytest.mark.slow
def test_a_unit_that_knows_the_torus_is_told_so_and_noise_is_not(monkeypatch):
    index = 1  # tells the torus from all others
    found = room.unit_words("shapes-supervised", "", index)
    assert "torus" in found.words[0].text or "ring" in found.words[0].text
    assert found.words[0].beats
    own = responses("shapes-supervised", "network.layer4.0", "shapes").means[:, index]
    texts, bridge = vocabulary("shapes"), load_model("shapes-clip")
    cosines = embed(load_dataset("shapes"), bridge).vectors @ encode_texts(bridge, [*texts]).T
    word = found.words[0]
    excess = cosines[:, texts.index(word.text)] - cosines.mean(1)
    assert word.correlation == pytest.approx(np.corrcoef(own, excess)[0, 1], abs=1e-4)
    said = found.to_dict()
    assert said["words"][0] == {
        "text": word.text,
        "correlation": word.correlation,
        "beats": True,
    }
    noise = np.random.default_rng(3).normal(size=len(own)).astype(np.float32)
    known = responses("shapes-supervised", "network.layer4.0", "shapes")
    means = known.means.copy()
    means[:, index] = noise
    changed = type(known)(known.highest, means, known.cells, known.shape, known.rows)
    monkeypatch.setattr(room, "responses", lambda *_: changed)
    assert not any(one.beats for one in room.unit_words("shapes-supervised", "", index).words)
