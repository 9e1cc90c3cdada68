import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import replearn
from replearn.core.errors import CapabilityError, InputError
from replearn.store import embedding_table
from replearn.store.embedding_table import Origin, table_of
from replearn.store.table import read_table, write_table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def vectors():
    found = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture
def table(vectors):
    names = [f"<b>{i}</b>" for i in range(50)]
    return table_of(vectors, names, names, ["odd", "even"] * 25, {"size": ["1"] * 50})


def slow_order(vectors, query):
    return sorted(range(len(vectors)), key=lambda i: -float(vectors[i] @ query))


def test_a_table_comes_back_from_its_file(table, tmp_path):
    write_table(table, tmp_path / "t.npz")
    again = read_table(tmp_path / "t.npz")
    np.testing.assert_allclose(again.vectors, table.vectors, atol=1e-3)  # kept as float16
    np.testing.assert_allclose(np.linalg.norm(again.vectors, axis=1), 1, atol=1e-6)
    for name in ("ids", "captions", "groups", "columns", "origin"):
        assert getattr(again, name) == getattr(table, name)
    np.testing.assert_array_equal(again.labels, [1, 0] * 25)
    assert [path.name for path in tmp_path.iterdir()] == ["t.npz"]


def test_neighbours_equal_a_slow_search_and_leave_the_query_out(table, vectors):
    found = table.neighbours(id="<b>7</b>", k=5)
    order = slow_order(vectors, vectors[7])
    assert order[0] == 7
    assert found.indices.tolist() == order[1:6]
    assert found.ids == tuple(table.ids[i] for i in order[1:6])
    np.testing.assert_allclose(found.similarities, vectors[order[1:6]] @ vectors[7], atol=1e-6)
    scaled = table.neighbours(vector=3 * vectors[7], k=5)
    assert scaled.indices.tolist() == order[:5]
    assert scaled.similarities[0] == pytest.approx(1)


def test_all_there_are_by_default(table):
    few = table.take([3, 4, 5])
    assert few.ids == ("<b>3</b>", "<b>4</b>", "<b>5</b>")
    assert len(few.neighbours(id="<b>4</b>").ids) == 2
    assert len(table.neighbours(id="<b>4</b>").ids) == 12


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "0 were given"),
        ({"id": "<b>1</b>", "text": "a"}, "2 were given"),
        ({"id": "cat"}, "no id 'cat'"),
        ({"id": "<b>1</b>", "k": 50}, "49 pictures"),
        ({"id": "<b>1</b>", "k": 0}, "1 to 49"),
        ({"vector": [1.0, 2.0]}, r"\(8,\)"),
        ({"vector": [np.nan] * 8}, "NaN"),
        ({"vector": [0.0] * 8}, "zeros"),
        ({"text": "cat"}, "No model"),
    ],
)
def test_a_query_that_cannot_be_is_one_sentence(table, query, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        table.neighbours(**query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("vectors", "ids", "sentence"),
    [
        ([[1.0, np.nan], [1, 1]], "ab", "row 0"),
        ([[1.0, 2], [np.inf, 1]], "ab", "row 1"),
        ([[1.0, 2], [0, 0]], "ab", "only zeros"),
        ([[1.0, 2], [1]], "ab", "one width"),
        ([1.0, 2], "ab", r"\(n, d\)"),
        ([[1.0, 2], [1, 1]], "aa", "'a' is there twice"),
        ([[1.0, 2], [1, 1]], "abc", "3 ids"),
    ],
)
def test_vectors_that_cannot_be_are_one_sentence(vectors, ids, sentence):
    with pytest.raises(InputError, match=sentence):
        table_of(vectors, list(ids))


def test_columns_of_another_length_are_refused(vectors):
    with pytest.raises(InputError, match="3 captions"):
        table_of(vectors, [str(i) for i in range(50)], captions=["a", "b", "c"])


def test_one_point_has_no_neighbours(table):
    with pytest.raises(InputError, match="one picture"):
        table.take([3]).neighbours(id="<b>3</b>")
    assert table.take([3]).neighbours(vector=np.ones(8), k=1).ids == ("<b>3</b>",)


def test_another_version_of_the_model_is_refused(vectors, monkeypatch):
    class Newer:
        name, fingerprint = "photo-clip", "newer12"

    monkeypatch.setattr(embedding_table, "load_model", lambda name: Newer())
    table = table_of(vectors, range(50), origin=Origin("emoji", "photo-clip", "older34"))
    with pytest.raises(InputError, match="another version of photo-clip"):
        table.neighbours(text="cat")
    assert len(table.neighbours(id="3").ids) == 12  # its own rows still compare


@pytest.mark.slow
def test_the_emoji_answer_to_words_and_pictures():
    table = replearn.embed("emoji")
    assert table.vectors.dtype == np.float32
    assert table.vectors.shape == (len(table.ids), 512)
    assert set(table.columns) == {"emoji", "group", "subgroup", "aliases"}
    assert {table.groups[i] for i in np.flatnonzero(table.labels == table.labels[0])} == {
        table.groups[0]
    }
    assert "apple" in " ".join(table.neighbours(text="a red apple", k=5).captions)
    picture = replearn.load_dataset("emoji")[100]
    found = table.neighbours(image=picture.image, k=1)
    assert found.ids == (picture.id,)
    assert found.similarities[0] == pytest.approx(1, abs=1e-3)
    with pytest.raises(CapabilityError, match="no text tower"):
        replearn.embed("photos", "imagenet").neighbours(text="cat")


@pytest.mark.slow
def test_a_shipped_table_opens_without_lancedb():
    code = (
        "import sys, replearn; replearn.embed('emoji').neighbours(text='a dog');"
        "print('lancedb' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.strip() == "False"
