"""The engine that asks replicas, and what a replica does, without a cluster."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from replearn.core.errors import InputError, ReplearnError
from replearn.core.settings import Settings
from replearn.encoders.engines import TorchEngine, default_engine, running_on
from replearn.encoders.ray_serve import deployment, replica
from replearn.encoders.ray_serve.engine import TRIES, RayServeEngine
from replearn.encoders.ray_serve.network import Network

HERE = TorchEngine("cpu", "float32")
EXAMPLE = np.ones((2, 3), np.float32)


class Replicas:
    """Stands for a deployment's handle: each question is answered by the next of `answers`."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), 0
        self.run = SimpleNamespace(remote=self._remote)

    def _remote(self, network, inputs):
        self.asked += 1
        return self

    def result(self, timeout_s):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def runner(replicas, monkeypatch):
    ray = pytest.importorskip("ray", reason="Ray isn't installed")
    monkeypatch.setattr(ray, "put", lambda module: module)
    module = torch.nn.Linear(3, 1)
    return RayServeEngine(replicas, HERE).compile(lambda: module, EXAMPLE, frozenset({0}), "key")


def test_a_question_whose_replica_dies_is_asked_again(monkeypatch):
    errors = pytest.importorskip("ray.exceptions", reason="Ray isn't installed")
    replicas = Replicas(
        errors.ActorDiedError(), errors.ActorUnavailableError("gone", None), EXAMPLE
    )
    answer = EXAMPLE.copy()
    answer.setflags(write=False)  # as Ray hands it over
    replicas.answers[-1] = answer
    found = runner(replicas, monkeypatch)(EXAMPLE)
    np.testing.assert_array_equal(found, EXAMPLE)
    assert found.flags.writeable  # torch takes it as it is
    assert replicas.asked == 3


def test_replicas_that_never_answer_are_one_sentence(monkeypatch):
    errors = pytest.importorskip("ray.exceptions", reason="Ray isn't installed")
    for answers, asked in (([errors.ActorDiedError()] * TRIES, TRIES), ([TimeoutError()], 1)):
        replicas = Replicas(*answers)
        with pytest.raises(ReplearnError, match="don't answer; ask again"):
            runner(replicas, monkeypatch)(EXAMPLE)
        assert replicas.asked == asked


def test_an_error_of_the_network_is_what_it_would_be_here(monkeypatch):
    errors = pytest.importorskip("ray.exceptions", reason="Ray isn't installed")
    failed = errors.RayTaskError("run", "traceback", RuntimeError("shapes don't fit"))
    with pytest.raises(RuntimeError, match=r"^shapes don't fit$"):
        runner(Replicas(failed.as_instanceof_cause()), monkeypatch)(EXAMPLE)


def test_what_cannot_be_sent_runs_here(monkeypatch, caplog):
    ray = pytest.importorskip("ray", reason="Ray isn't installed")

    def put(module):
        raise TypeError("cannot pickle it")

    monkeypatch.setattr(ray, "put", put)
    module, replicas = torch.nn.Linear(3, 1), Replicas()
    run = RayServeEngine(replicas, HERE).compile(lambda: module, EXAMPLE, frozenset({0}), "key")
    expected = module(torch.from_numpy(EXAMPLE)).detach().numpy()
    np.testing.assert_allclose(run(EXAMPLE), expected, atol=1e-6)
    assert replicas.asked == 0
    assert "can't be sent to replicas (cannot pickle it); it runs here" in caplog.text


def test_a_replica_keeps_the_networks_that_were_asked_for_last(monkeypatch):
    fetched = []

    def fetch(module):
        fetched.append(module)
        return module

    monkeypatch.setattr(replica, "_fetched", fetch)
    monkeypatch.setattr(replica, "KEPT", 2)
    modules = [torch.nn.Linear(3, 1) for _ in range(3)]
    networks = [
        Network(str(i), module, EXAMPLE, frozenset({0})) for i, module in enumerate(modules)
    ]
    one = replica.Replica("torch", "float32")
    inputs = EXAMPLE.copy()
    inputs.setflags(write=False)  # as Ray hands it over
    for i in (0, 1, 0, 2, 0, 1):
        expected = modules[i](torch.from_numpy(EXAMPLE)).detach().numpy()
        np.testing.assert_allclose(one.run(networks[i], inputs), expected, atol=1e-6)
    assert fetched == [modules[i] for i in (0, 1, 2, 1)]


def test_models_run_on_the_engine_that_is_given_and_then_on_their_own_again():
    before = default_engine()
    with running_on(HERE):
        assert default_engine() is HERE
    assert default_engine() is before


def test_without_ray_one_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with (
        pytest.raises(InputError, match=r"requirements-scale\.txt, or leave --serve out"),
        deployment.deployed(Settings(serve="ray")),
    ):
        pass
