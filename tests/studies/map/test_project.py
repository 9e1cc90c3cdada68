import numpy as np
import pytest

import replearn
from replearn.core.errors import CapabilityError, InputError
from replearn.data.photos import Photos
from replearn.studies.map import project as study
from replearn.studies.map.embedding_map import MapChoice, place_on_map
from replearn.studies.map.random_cloud import random_cloud

pytestmark = pytest.mark.slow


@pytest.fixture
def vectors():
    return np.random.default_rng(5).normal(size=(80, 16)).astype(np.float32)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))


def test_a_map_comes_from_the_cache_bit_for_bit_and_settings_make_another(vectors, monkeypatch):
    first = replearn.project(vectors, "tsne", seed=2, perplexity=9)
    pca = replearn.project(vectors, "pca", seed=2, dimensions=3)
    assert pca.coordinates.shape == (80, 3)
    assert {"trustworthiness@10", "continuity@30", "rank correlation"} <= set(first.preservation)

    def never(*_):
        raise AssertionError("laid out again")

    monkeypatch.setattr(study, "computed", never)
    again = replearn.project(vectors, "tsne", seed=2, perplexity=9)
    np.testing.assert_array_equal(first.coordinates, again.coordinates)
    np.testing.assert_allclose(first.misplaced, again.misplaced, atol=1e-3)
    assert "perplexity 9" in str(again.stamp)
    for changed in ({"perplexity": 10}, {"seed": 3, "perplexity": 9}, {"metric": "euclidean"}):
        with pytest.raises(AssertionError, match="again"):
            replearn.project(vectors, "tsne", **{"seed": 2, **changed})
    with pytest.raises(AssertionError, match="again"):
        replearn.project(vectors[::-1], "tsne", seed=2, perplexity=9)


def test_a_table_keeps_its_names_and_a_large_one_is_sampled(vectors, monkeypatch):
    groups = ["a"] * 60 + ["b"] * 20
    table = replearn.table_of(vectors, [f"p{i}" for i in range(80)], groups=groups)
    found = replearn.project(table, "pca")
    assert found.ids == table.ids
    assert len(found.worst()) == 2
    real = study.stratified
    monkeypatch.setattr(study, "stratified", lambda groups, seed: real(groups, 40, seed))
    part = replearn.project(table, "pca")
    assert len(part.ids) == len(part.rows) == 40
    assert part.groups.count("b") == pytest.approx(10, abs=1)
    assert part.ids[7] == table.ids[part.rows[7]]
    assert "40 of 80, a stratified sample" in str(part.stamp)


def test_vectors_and_coordinates_of_ones_own(vectors, tmp_path):
    np.savez(tmp_path / "v.npz", vectors=vectors, caption=[f"c{i}" for i in range(80)])
    found = replearn.project(tmp_path / "v.npz", "pca")
    assert found.captions[3] == "c3"
    np.testing.assert_array_equal(found.coordinates, replearn.project(vectors, "pca").coordinates)
    np.savez(tmp_path / "c.npz", coordinates=vectors[:, :2], label=["x"] * 80)
    own = replearn.project(tmp_path / "c.npz")
    np.testing.assert_array_equal(own.coordinates, vectors[:, :2])
    assert own.projection == "own coordinates"
    assert own.groups == ("x",) * 80
    assert own.preservation == {}
    np.savez(tmp_path / "b.npz", coordinates=vectors[:, :2], vectors=vectors)
    assert replearn.project(tmp_path / "b.npz").preservation["trustworthiness@10"] < 0.9


def test_parquet(vectors, tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow isn't installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow isn't installed")
    columns = {"id": [f"p{i}" for i in range(80)], "vector": vectors.tolist()}
    parquet.write_table(pyarrow.table(columns), tmp_path / "v.parquet")
    found = replearn.project(str(tmp_path / "v.parquet"), "pca")
    assert found.ids[5] == "p5"
    flat = {"x": vectors[:, 0], "y": vectors[:, 1], "z": vectors[:, 2]}
    parquet.write_table(pyarrow.table(flat), tmp_path / "c.parquet")
    own = replearn.project(tmp_path / "c.parquet")
    np.testing.assert_array_equal(own.coordinates, vectors[:, :3])


def test_files_and_vectors_that_cannot_be_are_one_sentence(vectors, tmp_path):
    np.savez(tmp_path / "empty.npz", other=vectors)
    np.savez(tmp_path / "twice.npz", vectors=vectors, id=["a"] * 80)
    np.savez(tmp_path / "short.npz", vectors=vectors, id=["a"])
    np.savez(tmp_path / "wide.npz", coordinates=vectors)
    (tmp_path / "broken.npz").write_text("no archive")
    (tmp_path / "broken.parquet").write_text("no table")
    (tmp_path / "v.csv").write_text("1,2")
    cases = {
        "empty.npz": "no `vectors`",
        "twice.npz": "79 ids",
        "short.npz": "1 entries for 80",
        "wide.npz": "coordinates are",
        "broken.npz": "readable",
        "broken.parquet": "Parquet",
        "v.csv": "neither",
        "absent.npz": "no file",
    }
    for name, said in cases.items():
        with pytest.raises(InputError, match=said) as caught:
            replearn.project(tmp_path / name)
        assert "\n" not in str(caught.value)
        assert str(tmp_path) not in str(caught.value)
    holed = vectors.copy()
    holed[5] = np.nan
    for wrong, said in ((holed, "Vector 5"), (vectors[:1], "at least 5"), (vectors[0], "rows")):
        with pytest.raises(InputError, match=said):
            replearn.project(wrong)
    with pytest.raises(InputError, match="perplexity"):
        replearn.project(vectors, "tsne", perplexitty=3)


def test_a_setting_that_is_no_parameter_is_refused_before_anything_is_embedded():
    for name in ("seed", "progress", "method", "perplexity"):
        with pytest.raises(InputError, match=name):
            MapChoice("nowhere", "nothing", "pca", 0, ((name, 1),)).laid_out()


def test_a_picture_and_a_text_are_placed_on_a_map_that_stays():
    choice = MapChoice("photos", "photo-clip", "pca")
    before = choice.laid_out().coordinates
    photos = Photos()
    placed = place_on_map(choice, [photos.path(0)], ["a cat"])
    np.testing.assert_allclose(placed.coordinates[0], before[0], atol=2e-3)
    assert placed.names[1] == "a cat"
    assert placed.coordinates.shape == (2, 2)
    np.testing.assert_array_equal(choice.laid_out().coordinates, before)
    with pytest.raises(CapabilityError, match="text"):
        place_on_map(MapChoice("photos", "imagenet", "pca"), texts=["a cat"])
    with pytest.raises(InputError, match="picture or a text"):
        place_on_map(choice)


def test_the_random_cloud_ships_and_keeps_few_neighbours():
    found = random_cloud()
    again = random_cloud()
    np.testing.assert_array_equal(found.coordinates, again.coordinates)
    assert found.preservation["neighbours kept@30"] < 0.3
