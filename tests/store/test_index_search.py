"""Tables too large for memory: the index on disk against a search of everything."""

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.store import index_building, lance_shelf
from replearn.store.block import Block, Words
from replearn.store.embedding_table import Origin
from replearn.store.index_search import IndexSearch
from replearn.store.lance_shelf import LanceShelf

pytestmark = pytest.mark.slow

ORIGIN = Origin("clusters", "a model", "a fingerprint")


def clusters(n, seed):
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(20, 16))
    found = centres[random.integers(0, 20, n)] + 0.3 * random.normal(size=(n, 16))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def block(vectors, start):
    names = [str(start + row) for row in range(len(vectors))]
    words = [Words(name, 1, f"picture {name}", "cat", {}) for name in names]
    return Block(names, words, vectors, [name.encode() for name in names])


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setattr(lance_shelf, "EXACT_LIMIT", 1000)
    monkeypatch.setattr(index_building, "ROWS_A_GRAPH", 1000)
    return LanceShelf(tmp_path, "large")


def test_the_index_finds_nearly_what_a_full_search_finds(shelf, tmp_path, monkeypatch):
    vectors = clusters(2100, seed=1)
    shelf.add(block(vectors[:1500], 0))
    shelf.add(block(vectors[1500:2000], 1500))
    shelf.finish(ORIGIN, "first")
    keys = [str(row) for row in range(2100)]
    table = LanceShelf(tmp_path, "large").table(keys[:2000][::-1], ORIGIN)  # any order
    assert isinstance(table.search, IndexSearch)
    assert table.search.recall > 0.9
    assert table.search.shape == (2000, 16)
    assert table.ids == tuple(keys[:2000][::-1])
    np.testing.assert_array_equal(table.take([5, 1999, 5]).vectors, vectors[[1994, 0, 1994]])
    assert table.thumbnails([5, 1999]) == [b"1994", b"0"]
    with pytest.raises(InputError, match=r"take\(rows\)"):
        table.vectors  # noqa: B018

    hits = 0
    for row in range(0, 2000, 100):
        found = table.neighbours(id=str(row), k=10)
        assert str(row) not in found.ids
        cosines = vectors[:2000] @ vectors[row]
        true = np.argsort(-cosines)[1:11]
        hits += len({int(identity) for identity in found.ids} & set(true.tolist()))
        exact = [cosines[int(identity)] for identity in found.ids]
        np.testing.assert_allclose(found.similarities, exact, atol=1e-4)
        assert (np.diff(found.similarities) <= 0).all()
    assert hits / 200 > 0.9
    assert f"recall at 10 {table.search.recall:.2f}" in str(found.stamp) or table.search.recall == 1


def test_new_rows_are_found_without_building_the_index_anew(shelf, tmp_path):
    vectors = clusters(2100, seed=1)
    shelf.add(block(vectors[:2000], 0))
    shelf.finish(ORIGIN, "first")
    shelf.add(block(vectors[2000:], 2000))
    shelf.remove(["7"])
    shelf.finish(ORIGIN, "second")
    table = LanceShelf(tmp_path, "large").table([str(row) for row in range(2100)], ORIGIN)
    assert len(table) == 2099
    assert table.neighbours(vector=vectors[2050], k=1).ids == ("2050",)
    assert "7" not in table.neighbours(vector=vectors[7], k=50).ids
    assert shelf._notes["index_rows"] == 2000


def test_recall_is_measured_against_every_vector(shelf, monkeypatch):
    shelf.add(block(clusters(1200, seed=2), 0))
    shelf.finish(ORIGIN, "first")

    def blind(table, vector, k, probes):
        return np.zeros(k, np.uint64), np.zeros(k, np.float32)

    monkeypatch.setattr(index_building, "nearest_row_ids", blind)
    assert index_building.measured_recall(shelf._table, graphs=1) < 0.05
