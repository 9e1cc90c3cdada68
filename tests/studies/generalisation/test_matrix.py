"""The fine-tuning matrix: rows, cells and findings."""

import dataclasses

import numpy as np
import pytest

from replearn.core.errors import InputError, StoppedError
from replearn.data.published import fine_tuning_matrix
from replearn.distortions.geirhos2018 import MANIPULATIONS
from replearn.results.rows.matrix import (
    MatrixRows,
    read_matrix_rows,
    write_matrix_rows,
)
from replearn.studies.generalisation.matrix import make_matrix, matrix, matrix_cell
from replearn.studies.generalisation.matrix_findings import ALL, GAIN, ORDER, findings
from replearn.training.matrix import pictures as matrix_pictures
from replearn.training.matrix import run as training
from replearn.training.matrix.networks import NETWORKS

pytestmark = pytest.mark.slow

N = 400


def rows_with(shares: np.ndarray, seeds: int = 2) -> MatrixRows:
    """Answers that are right as often as `shares` (9, 20) says."""
    random = np.random.default_rng(0)
    labels = random.integers(8, size=N)
    right = random.random((20, seeds, 9, N)) < shares.T[:, None, :, None]
    wrong = (labels + random.integers(1, 8, size=right.shape)) % 8
    return MatrixRows(
        networks=tuple(NETWORKS),
        seeds=tuple(range(seeds)),
        evaluations=tuple(m.name for m in MANIPULATIONS),
        labels=labels,
        answers=np.where(right, labels, wrong).astype(np.uint8),
        confidences=random.random(right.shape, np.float32),
        curves=np.ones((20, seeds, 5, 3), np.float32),
        fingerprint="",
    )


@pytest.fixture
def published_shares():
    table = fine_tuning_matrix()
    return np.array([[table[m.name][name] for name in NETWORKS] for m in MANIPULATIONS])


def test_rows_come_back_as_they_were_written(tmp_path, published_shares):
    rows = rows_with(published_shares)
    write_matrix_rows(rows, tmp_path)
    found = read_matrix_rows(tmp_path)
    assert (found.answers == rows.answers).all()
    assert (found.labels == rows.labels).all()
    assert np.abs(found.confidences - rows.confidences).max() < 1e-6
    assert (found.networks, found.seeds) == (rows.networks, rows.seeds)
    assert found.curves[..., 0].tolist() == np.broadcast_to(np.arange(1, 6), (20, 2, 5)).tolist()


def test_the_papers_own_figures_repeat_every_finding(tmp_path, published_shares):
    # the same shares above a chance of 1 in 8
    above = ((published_shares - 1 / 16) / (1 - 1 / 16)).clip(0)
    write_matrix_rows(rows_with(1 / 8 + above * 7 / 8), tmp_path)
    found = matrix(tmp_path)
    assert found.accuracy.shape == (9, 20, 2)
    for one in findings(found):
        assert one.holds, one
        assert one.ours.value == pytest.approx(one.published, abs=0.06)
        assert one.doubt, "why it may differ is said of each"


def test_a_finding_is_the_mean_of_its_cells(tmp_path, published_shares):
    shares = np.random.default_rng(0).uniform(0.2, 0.9, (9, 20))
    write_matrix_rows(rows_with(shares), tmp_path)
    found = matrix(tmp_path)
    rows = findings(found)
    assert tuple(one.claim for one in rows) == ALL
    above = (found.accuracy.mean(2) - found.chance) / (1 - found.chance)
    for one in rows:
        assert len(set(one.cells)) == len(one.cells) > 0
        if one.claim not in {GAIN, ORDER}:
            mean = np.mean([above[cell] for cell in one.cells])
            assert one.ours.value == pytest.approx(mean), one.claim
    gain = next(one for one in rows if one.claim == GAIN)
    slow = np.mean([above[r, 9 + i] - above[r, i] for i in range(8) for r in range(8) if r != i])
    assert gain.ours.value == pytest.approx(slow)


def test_a_network_that_knows_all_repeats_no_failing(tmp_path):
    write_matrix_rows(rows_with(np.full((9, 20), 0.97)), tmp_path)
    judged = {one.claim: one.holds for one in findings(matrix(tmp_path))}
    assert not judged["It doesn't cope with the others."]
    assert not judged["Eight manipulations don't prepare for uniform noise."]
    assert judged["Training on colour is enough for greyscale."]


def test_a_cell_shows_what_was_got_wrong(tmp_path, published_shares):
    rows = rows_with(published_shares)
    write_matrix_rows(rows, tmp_path)
    cell = matrix_cell("A8", "uniform noise, 0.35", tmp_path)
    right = (rows.answers[7, :, 8] == rows.labels).mean(1)
    assert [one.value for one in cell.accuracies] == pytest.approx(right.tolist())
    assert cell.published == pytest.approx(0.102)
    assert all(one.label != one.answer for one in cell.mistakes)
    sure = [one.confidence for one in cell.mistakes]
    assert sure == sorted(sure, reverse=True)
    assert cell.examples.shape[1:] == (48, 48, 3)
    with pytest.raises(InputError, match="no network"):
        matrix_cell("D1", "colour", tmp_path)
    with pytest.raises(InputError, match=r"salt_and_pepper_0\.2"):
        matrix_cell("A1", "salt_and_pepper", tmp_path)


def test_without_rows_the_command_is_named(tmp_path):
    with pytest.raises(InputError, match="replearn matrix"):
        matrix(tmp_path)


@pytest.fixture
def small(monkeypatch, tmp_path):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    for module in (training, matrix_pictures):
        monkeypatch.setattr(module, "TRAIN", 256)
        monkeypatch.setattr(module, "TEST", 250)
    short = dataclasses.replace(training.SCHEDULE, epochs=1, epoch_pictures=256)
    monkeypatch.setattr(training, "SCHEDULE", short)
    return tmp_path


@pytest.mark.slow
def test_a_network_is_trained_tested_and_not_trained_again(small):
    (run,) = training.train_matrix(["A8"], [0])
    answers = np.load(run.folder() / "answers.npy")
    assert answers.shape == (9, 250, 2)
    assert answers[..., 0].max() < 8
    written = (run.folder() / "answers.npy").stat().st_mtime_ns
    training.train_matrix(["A8"], [0])
    assert (run.folder() / "answers.npy").stat().st_mtime_ns == written


@pytest.mark.slow
def test_a_stopped_matrix_keeps_what_it_had(small):
    def stop(done, total, what):
        if done >= 100:
            raise StoppedError("enough")

    with pytest.raises(StoppedError):
        training.train_matrix(["A1", "A2"], [0], stop)
    folders = {run: training.MatrixRun(run, 0).folder() for run in ("A1", "A2")}
    assert (folders["A1"] / "answers.npy").exists()
    assert not (folders["A2"] / "answers.npy").exists()


def test_random_manipulations_differ_from_draw_to_draw_and_tests_are_fixed(small):
    salt = matrix_pictures.of_name("salt_and_pepper_0.2")
    first, second, _ = matrix_pictures.manipulated(salt, "train")
    assert (first != second).any()
    assert len(matrix_pictures.manipulated(salt, "test")) == 1
    with pytest.raises(InputError, match="Z9"):
        training.MatrixRun("Z9", 0)


def test_a_part_does_not_take_the_place_of_the_whole():
    for networks, seeds in ((("A1",), (0, 1, 2)), ((), (0,))):
        with pytest.raises(InputError, match="--out"):
            make_matrix(networks, seeds)
    with pytest.raises(InputError, match="one seed"):
        make_matrix((), ())


def test_a_network_that_would_be_trained_otherwise_lies_elsewhere(monkeypatch):
    before = training.MatrixRun("A1", 0).folder()
    monkeypatch.setattr(training, "WIDTH", training.WIDTH + 1)
    assert training.MatrixRun("A1", 0).folder() != before
