"""Two workers of a local Ray cluster find what one process finds."""

import importlib.util

import numpy as np
import pytest

import replearn
from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.store import ray_rows, table
from replearn.store.block import catalogue_of
from replearn.store.ray_rows import RayRows, Work
from replearn.store.table import compute_table

pytestmark = pytest.mark.slow

MODEL = "shapes-supervised"


def test_two_workers_find_the_same_vectors(monkeypatch, tmp_path, ray_cluster):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(ray_rows, "TASK", 4)
    table._open.clear()
    reports = []
    found = replearn.embed("photos", MODEL, lambda *report: reports.append(report), engine="ray")
    true = compute_table(load_dataset("photos"), load_model(MODEL))
    assert found.ids == true.ids
    np.testing.assert_allclose(found.vectors, true.vectors, atol=1e-5)
    assert [done for done, _, _ in reports] == [0, 4, 8, 12]
    assert list(tmp_path.glob("tables/*.lance"))

    data = load_dataset("photos")
    elsewhere = RayRows(Work("photos", "other data", MODEL, ""), catalogue_of(data))
    with pytest.raises(InputError, match="another version of photos"):
        list(elsewhere(range(4), lambda *_: None))


def test_without_ray_one_sentence_says_how_to_install_it(monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ray" else find_spec(name)
    )
    with pytest.raises(InputError, match="requirements-scale"):
        replearn.embed("photos", MODEL, engine="ray")
    with pytest.raises(InputError, match="Did you mean ray"):
        replearn.embed("photos", MODEL, engine="rays")
