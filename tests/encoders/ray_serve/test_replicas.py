"""Two replicas on this computer answer as one process does, also when one of them is killed."""

import logging
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

import replearn
from replearn.core.settings import from_environment
from replearn.data import load_dataset
from replearn.encoders import registry
from replearn.encoders.engines import choose_engine, running_on
from replearn.encoders.imagenet import ImagenetEncoder
from replearn.encoders.photo_clip import sentences
from replearn.encoders.ray_serve.deployment import deployed
from replearn.store import table

pytestmark = pytest.mark.slow

MODEL = "photo-clip"
LABELS = ["cube", "ball", "cone"]
CLOSE = 1e-5
VISITORS = 4
ROUNDS = 6


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Deploy two replicas whose cache is empty, so that networks must be sent to them."""
    if find_spec("ray") is None:  # imported, it would have read its settings too early
        pytest.skip("Ray isn't installed: pip install -r requirements-scale.txt")
    patch = pytest.MonkeyPatch()
    patch.setenv("REPLEARN_CACHE_DIR", str(tmp_path_factory.mktemp("replicas")))
    settings = replace(from_environment(), serve="ray", replicas=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Ray says of itself
        with deployed(settings) as found:
            patch.undo()
            yield found


def forget():
    """Close all models, which keep their engine, and all vectors."""
    registry._open.cache_clear()
    sentences._runner.cache_clear()
    table._open.clear()


@pytest.fixture
def answers(monkeypatch, tmp_path):
    """Return a function that asks everything, with nothing kept from before."""

    def asked(name):
        monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / name))
        forget()
        picture = load_dataset("photos")[0].image
        said = replearn.zero_shot(picture, LABELS, model=MODEL)
        seen = replearn.explain(picture, "a cube", MODEL, "occlusion", settings={"steps": 4})
        return {
            "probabilities": said.probabilities,
            "cosines": said.cosines,
            "texts": registry.load_model(MODEL).encode_text(["a cube", "", "a red ball on grass"]),
            "map": seen.values,
            "table": replearn.embed("photos", MODEL).vectors,
            "own head": registry.load_model("imagenet").logits([picture]),
        }

    yield asked
    forget()


def running_replicas():
    """Return the replicas' actors."""
    import ray

    return [
        ray.get_actor(**one)
        for one in ray.util.list_named_actors(all_namespaces=True)
        if one["name"].startswith("SERVE_REPLICA::replearn")
    ]


def test_replicas_give_the_same_answers(engine, answers):
    own = answers("own")
    # as the page's listeners: this thread may have an event loop of another test's
    with running_on(engine), ThreadPoolExecutor(1) as thread:
        far = thread.submit(answers, "far").result()
    for what, values in own.items():
        np.testing.assert_allclose(far[what], values, atol=CLOSE, err_msg=what)


def test_a_replica_that_is_killed_under_load_costs_nobody_an_answer(engine, tmp_path, caplog):
    import ray

    caplog.set_level(logging.WARNING, "replearn")
    near = ImagenetEncoder(choose_engine("auto", "float32", tmp_path))
    far = ImagenetEncoder(engine)
    random = np.random.default_rng(0)
    # every visitor has pictures of their own: another's answer would be another
    asked = random.standard_normal((VISITORS, 8, 3, 224, 224), np.float32)
    true = [near.outputs(pixels) for pixels in asked]
    wrong, known, killed = [], set(), threading.Event()

    def visit(number):
        more = ROUNDS  # questions after the kill
        while more:
            try:
                found = far.outputs(asked[number])
            except Exception as error:
                wrong.append(f"visitor {number}: {error!r}")
                return
            if abs(found - true[number]).max() > 1e-4:  # of logits, which reach 10
                wrong.append(f"visitor {number} has another answer")
            known.add(number)
            more -= killed.is_set()

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for one in visitors:
        one.start()
    while len(known) < VISITORS and not wrong:  # then both replicas have their hands full
        time.sleep(0.01)
    ray.kill(running_replicas()[0])
    killed.set()
    for one in visitors:
        one.join()
    assert wrong == []
    assert "its question is asked again" in caplog.text


def test_strangers_are_not_answered_at_the_ports_of_replicas(engine):
    psutil = pytest.importorskip("psutil")
    grpc = pytest.importorskip("grpc")
    open_ports = {
        one.laddr.port
        for process in psutil.Process().children(recursive=True)
        if process.status() != psutil.STATUS_ZOMBIE and "ray::ServeR" in process.name()
        for one in process.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN and one.laddr.ip in {"0.0.0.0", "::"}
    }
    said = set()
    for port in open_ports:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            ask = channel.unary_unary("/ray.serve.ASGIService/HandleRequest")
            with pytest.raises(grpc.RpcError) as refused:
                ask(b"", timeout=10)
            said.add(refused.value.code())
    # Serve's port, and Ray's own where Ray was imported before a cluster was wanted
    assert grpc.StatusCode.UNAUTHENTICATED in said
    assert said <= {grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.UNIMPLEMENTED}
