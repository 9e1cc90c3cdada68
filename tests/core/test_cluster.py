"""Joining a Ray cluster, and starting one, where that can't be done."""

import socket

import pytest

from replearn.core import cluster
from replearn.core.errors import InputError


def test_a_cluster_that_is_not_there_is_one_sentence(monkeypatch):
    pytest.importorskip("ray", reason="Ray isn't installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("RAY_ADDRESS", address)
    with (
        pytest.raises(InputError, match=f"{address} can't be joined .*; start it, or set RAY"),
        cluster.connected(),
    ):
        pass


def test_a_start_is_tried_again_and_then_given_up_in_one_sentence(monkeypatch):
    ray = pytest.importorskip("ray", reason="Ray isn't installed")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    tried = []

    def busy(*where, **how):
        tried.append(how["num_cpus"])
        raise Exception("The current node timed out during startup.")

    monkeypatch.setattr(ray, "init", busy)
    with (
        pytest.raises(InputError, match=r"Ray can't be started: The current node timed out"),
        cluster.connected(3),
    ):
        pass
    assert tried == [3] * cluster.STARTS
