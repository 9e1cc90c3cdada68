"""Accuracy in few words: as picture by picture by hand; many words at once as one after another."""

import json

import numpy as np
import pytest

from replearn.classifiers.zero_shot import mean_prompt
from replearn.cli import main
from replearn.core.errors import CapabilityError, InputError
from replearn.data import load_dataset
from replearn.data.labels import DEFAULT_TEMPLATES, fill
from replearn.data.lexicon.lookup import read
from replearn.data.vocabularies import vocabulary
from replearn.decompositions.sparse_words import WordSums, sparse_words
from replearn.encoders.registry import load_model
from replearn.plotting.parts.concept_curve import concept_curve, concept_line
from replearn.store.encoded import encode_texts
from replearn.store.table import embed
from replearn.studies.parts import concept_accuracy as room


def test_what_ships_is_of_the_weights_and_rises_with_the_words():
    for model in room.SHIPPED:
        found = room.shipped_concept_accuracy(model)
        assert [point.k for point in found.points] == list(room.COUNTS)
        assert found.points[0].accuracy.value < found.points[-1].accuracy.value
        assert found.points[-1].accuracy.value <= found.whole.value + 0.02
        cosines = [point.cosine for point in found.points]
        assert cosines == sorted(cosines)
        traces = {trace["name"]: trace for trace in concept_curve(found)["traces"]}
        assert traces["in words"]["x"] == list(room.COUNTS)
        assert str(found.whole) in concept_line(found)
    assert room.shipped_concept_accuracy("emoji-clip") is None
    assert room.shipped_concept_accuracy("open_clip:ViT-B-32?/nowhere/a.pt") is None


def test_what_cannot_be_is_one_sentence(capsys):
    with pytest.raises(InputError, match="written in 1 to 64 words"):
        room.concept_accuracy("shapes-clip", counts=(0, 2))
    with pytest.raises(CapabilityError, match="reads no text"):
        room.concept_accuracy("pixels")
    with pytest.raises(InputError, match="Did you mean nouns"):
        room.concept_accuracy("shapes-clip", words="noun")
    assert main(["concepts"]) == 2
    assert "Name a picture, or give --accuracy" in capsys.readouterr().err


def test_nouns_are_ten_thousand_words_that_the_lexicon_knows():
    nouns = vocabulary("nouns")
    assert len(nouns) == 10_000
    assert {"person", "house", "dog", "water", "oak"} <= set(nouns[:4000])
    assert all(read(word) for word in nouns[::500])


def test_several_numbers_of_words_at_once_are_what_they_are_alone():
    random = np.random.default_rng(2)
    words = random.normal(size=(40, 12)).astype(np.float32)
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    picture = (words[3] + 0.5 * words[7] + 0.1 * words[9]).astype(np.float32)
    picture /= np.linalg.norm(picture)
    mean = (0.1 * random.normal(size=12)).astype(np.float32)
    together = WordSums(words, mean).of(picture, (1, 3, 6))
    for k, found in zip((1, 3, 6), together, strict=True):
        alone = sparse_words(picture, words, mean, k)
        assert found.words.tolist() == alone.words.tolist()
        assert len(found.words) <= k
        np.testing.assert_allclose(found.rebuilt, alone.rebuilt, atol=1e-6)


@pytest.mark.slow
def test_each_picture_is_asked_by_its_words_alone(monkeypatch, capsys):
    monkeypatch.setattr(room, "MOST", 25)
    found = room.concept_accuracy("shapes-clip", counts=(4, 1))
    assert [point.k for point in found.points] == [1, 4]
    encoder, data = load_model("shapes-clip"), load_dataset("shapes")
    table = embed(data, encoder)
    texts = encode_texts(encoder, vocabulary("shapes"))
    labels = [
        mean_prompt(encode_texts(encoder, [fill(one, name) for one in DEFAULT_TEMPLATES])[None])[0]
        for name in data.class_names
    ]
    rows = np.linspace(0, len(data) - 1, 25).round().astype(int)
    for point in found.points:
        right, cosines = 0, []
        for row in rows:
            written = sparse_words(table.vectors[row], texts, table.vectors.mean(0), point.k)
            best = max(range(8), key=lambda i: float(labels[i] @ written.rebuilt))
            right += best == data[int(row)].label
            cosines.append(written.cosine)
        assert point.accuracy.value == pytest.approx(right / 25)
        assert point.cosine == pytest.approx(np.mean(cosines), abs=1e-3)
    assert main(["concepts", "--accuracy", "--model", "shapes-clip", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"]["n"] == 25
