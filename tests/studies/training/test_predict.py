"""Predict, then reveal: every experiment's answer is read off its readings."""

import numpy as np
import pytest
import torch

from replearn.core.errors import InputError, StoppedError
from replearn.plotting.training.reveal_figure import reveal_figure
from replearn.results.training import Reading
from replearn.studies.training import live_experiments
from replearn.studies.training.compared_readings import larger, of_share, of_text, of_uniformity
from replearn.studies.training.predict import EXPERIMENTS, experiment, reveal
from replearn.training.measures import uniformity
from replearn.training.short_run import projections, short_run

pytestmark = pytest.mark.slow

SHIPPED = [name for name in EXPERIMENTS if experiment(name).cost is None]
LIVE = [name for name in EXPERIMENTS if experiment(name).cost]


def test_there_are_enough_and_each_is_a_question():
    assert len(EXPERIMENTS) >= 5
    assert len(LIVE) >= 2
    for name in EXPERIMENTS:
        asked = experiment(name)
        assert asked.question.endswith("?")
        assert len(set(asked.choices)) == len(asked.choices) >= 3
        assert asked.expected.endswith(".")


def test_what_the_runs_will_take_is_measured_by_a_few_of_their_steps(monkeypatch):
    clock = iter(np.cumsum([0.0, 9.0, 0.1, 0.1, 0.1, 0.1]))  # the first step opens things
    monkeypatch.setattr(live_experiments.time, "perf_counter", lambda: next(clock))
    taken = []
    monkeypatch.setattr(
        live_experiments,
        "short_run",
        lambda recipe, settings, steps, told: [taken.append(told()) for _ in range(steps)],
    )
    assert experiment("labels").cost is live_experiments._cost
    assert live_experiments._cost.__wrapped__() == pytest.approx(2 * 100 * 0.1)
    assert len(taken) == live_experiments.TRIED


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_models_answer_as_expected(name):
    expected = {"shortcut": 2, "thrown-away": 1, "no-negatives": 1, "flat-loss": 0}
    found = reveal(name, 0)
    assert found.measured == expected[name]
    assert len(found.readings) >= 2
    for reading in found.readings:
        assert reading.n >= 1000
        assert reading.low <= reading.value <= reading.high
    figure = reveal_figure(found)
    assert figure["traces"][0]["y"] == [reading.name for reading in found.readings]


@pytest.mark.parametrize("name", LIVE)
def test_a_live_experiment_runs_and_reads_its_own_answer(name, monkeypatch):
    monkeypatch.setattr(live_experiments, "STEPS", 2)
    monkeypatch.setattr(live_experiments, "TEST", 60)
    steps = []
    found = reveal(name, 1, lambda done, total, what: steps.append((done, total, what)))
    assert [done for done, _, what in steps if what == "steps"] == [1, 2, 1, 2]
    first, second = found.readings
    assert first.n == second.n == 60
    order = larger(first, second)
    assert found.measured == ({0: 1, 1: 0, 2: 2}[order] if name == "temperature" else order)
    assert found.predicted == 1
    assert "seed 0" in found.settings


def test_a_live_experiment_can_be_stopped(monkeypatch):
    def stop(done, total, what):
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        reveal("labels", 0, stop)


def test_what_cannot_be_asked_is_one_sentence():
    with pytest.raises(InputError, match=r"no experiment called 'temprature'.*mean temperature"):
        reveal("temprature", 0)
    with pytest.raises(InputError, match="has 4 answers"):
        reveal("shortcut", 4)
    with pytest.raises(InputError, match="is no figure"):
        of_text("x", "0.5")
    with pytest.raises(InputError, match="choose a recipe of the lab"):
        short_run("photo-clip", {"batch": 8}, 1)


def test_of_two_readings_one_is_larger_only_where_the_intervals_are_apart():
    low, high = Reading("a", 0.2, 0.1, 0.3, 9), Reading("b", 0.6, 0.5, 0.7, 9)
    wide = Reading("c", 0.4, 0.0, 0.8, 9)
    assert (larger(high, low), larger(low, high), larger(low, wide)) == (0, 1, 2)
    assert of_text("d", "0.52 [0.50, 0.54] (n = 3,000)") == Reading("d", 0.52, 0.5, 0.54, 3000)
    assert of_share("e", 0.25, 400).n == 400


def test_uniformity_with_its_interval_is_that_of_the_training_measures():
    random = np.random.default_rng(0)
    vectors = random.normal(size=(80, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = of_uniformity("x", vectors)
    assert found.value == pytest.approx(uniformity(torch.from_numpy(vectors)), rel=1e-4)
    assert found.low < found.value < found.high
    together = of_uniformity("y", np.tile(vectors[:1], (20, 1)))
    assert together.value == pytest.approx(0, abs=1e-5)
    assert larger(together, found) == 0


def test_projections_are_unit_vectors_of_the_loss():
    settings = {"dataset": "shapes-easy", "side": 32, "width": 8, "batch": 16}
    loop = short_run("simclr", settings, 1)
    vectors = projections(loop, 12)
    assert vectors.shape == (12, 128)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
