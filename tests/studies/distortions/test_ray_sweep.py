"""Workers of a Ray cluster find the rows that one process finds."""

import dataclasses

import pytest

from replearn.core.errors import InputError, StoppedError
from replearn.data import load_dataset
from replearn.results.rows.trials import read_trials
from replearn.studies.distortions import lacking
from replearn.studies.distortions import sweep as sweeping
from replearn.studies.distortions.lacking import Lacking, key_of, lacking_by_workers
from replearn.studies.distortions.sweep import sweep
from replearn.studies.distortions.sweep_choice import SweepChoice

CHOICE = SweepChoice(("shapes-supervised",), ("contrast", "uniform-noise"), 16)


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch):
    monkeypatch.setattr(sweeping, "RAY_TASK", 4)


@pytest.fixture
def no_cluster(monkeypatch):
    """Let this process be the only worker."""
    monkeypatch.setattr(
        lacking, "found_by_workers", lambda make, tasks: (make()(rows) for rows in tasks)
    )


def stop(done, total, what):
    raise StoppedError("stopped")


def check_same(found, other):
    """Check that two sweeps have the same rows, in whatever order."""
    order = dataclasses.astuple
    for one, same in zip(sorted(found, key=order), sorted(other, key=order), strict=True):
        assert one == dataclasses.replace(same, confidence=one.confidence)
        assert one.confidence == pytest.approx(same.confidence, abs=1e-3)


@pytest.mark.slow
def test_what_workers_found_before_a_stop_is_kept(tmp_path, ray_cluster):
    out = tmp_path / "rows.parquet"
    with pytest.raises(StoppedError):
        sweep("shapes", CHOICE, out, stop, "ray")
    kept = read_trials(out)
    assert len(kept) >= 4 * len(CHOICE.conditions())
    found = sweep("shapes", CHOICE, out)
    assert set(map(key_of, kept)) <= set(map(key_of, found))
    check_same(found, sweep("shapes", CHOICE))


@pytest.mark.slow
def test_workers_go_on_where_a_sweep_was_stopped(tmp_path, no_cluster):
    pytest.importorskip("ray", reason="Ray isn't installed: pip install -r requirements-scale.txt")
    out, told = tmp_path / "rows.parquet", []
    with pytest.raises(StoppedError):
        sweep("shapes", CHOICE, out, stop)
    kept = read_trials(out)
    sweep("shapes", CHOICE, out, lambda done, *_: told.append(done), "ray")
    assert 0 < len(kept) < min(told)
    check_same(read_trials(out), sweep("shapes", CHOICE))


def test_workers_refuse_other_data_than_here(no_cluster):
    elsewhere = Lacking(load_dataset("shapes"), SweepChoice((), ()), [], frozenset())
    assert list(lacking_by_workers(elsewhere, [[0, 1]])) == [[]]
    elsewhere = dataclasses.replace(elsewhere, data=load_dataset("shapes", size=7))
    with pytest.raises(InputError, match="another version of shapes or of a model"):
        list(lacking_by_workers(elsewhere, [[0, 1]]))


def test_an_engine_is_checked_before_anything_is_opened(monkeypatch):
    with pytest.raises(InputError, match="Did you mean ray"):
        sweep("shapes", CHOICE, engine="rays")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match="requirements-scale"):
        sweep("shapes", CHOICE, engine="ray")
