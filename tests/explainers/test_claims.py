"""What methods claim of their maps: that they add up, that they read the target."""

import threading

import numpy as np
import pytest

from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.explainers import EXPLAINERS, load_explainer
from replearn.explainers.scores import ClassScore, CosineScore, DifferenceScore

pytestmark = pytest.mark.slow

FEW = {
    "rise": {"masks": 60},
    "input-gradient": {"samples": 3},
    "integrated-gradients": {"steps": 128},
    "occlusion": {"steps": 4, "patch": 0.25},
}
BATCHED = ("occlusion", "rise", "score-cam", "ablation-cam")


@pytest.fixture(scope="module")
def shape():
    encoder, data = load_model("shapes-supervised"), load_dataset("shapes")
    sample = data[0]
    return encoder, encoder.preprocess([sample.image]), sample.label


def scores_of_model(encoder, pixels):
    if encoder.output_kind == "logits":
        return [ClassScore(i, name) for i, name in enumerate(encoder.class_names)]
    width = encoder.outputs(pixels).shape[1]
    return [CosineScore(row.astype(np.float32), "axis") for row in np.eye(width)[:2]]


@pytest.mark.parametrize("name", EXPLAINERS)
def test_only_methods_that_say_so_ignore_the_target(name, shape, tiny_vit):
    encoder, pixels, _ = shape
    if name.startswith("attention"):
        encoder = load_model(tiny_vit)
        pixels = encoder.preprocess([load_dataset("shapes")[0].image])
    scores = scores_of_model(encoder, pixels)
    method = load_explainer(name, FEW.get(name))
    contrast = DifferenceScore(scores[0], scores[1])
    one, other = (method.explain(encoder, pixels, score)[0] for score in (scores[0], contrast))
    assert np.allclose(one, other, atol=1e-4 * np.abs(one).max()) != method.reads_target


@pytest.mark.parametrize("name", EXPLAINERS)
def test_a_claimed_sum_is_reached(name, shape):
    encoder, pixels, label = shape
    method, score = load_explainer(name, FEW.get(name)), scores_of_model(encoder, pixels)[label]
    if not method.fits(encoder.tower()):
        pytest.skip(f"{name} is for transformers, and claims no sum")
    values = method.explain(encoder, pixels, score)[0]
    found = method.completeness(encoder, pixels, score, values)
    assert (found is not None) == (name in {"cam", "integrated-gradients"})
    if found is None:
        return
    assert found.error < 0.05 * abs(found.wanted)
    assert found.reached != 0
    half = method.completeness(encoder, pixels, score, values / 2)
    assert half.error > 5 * found.error  # a map of another size doesn't add up


@pytest.mark.parametrize("name", BATCHED)
def test_a_tiny_limit_on_the_batch_gives_the_same_map(name, shape):
    encoder, pixels, label = shape
    score = scores_of_model(encoder, pixels)[label]
    most = 0

    class Counting:
        name = encoder.name
        tower = encoder.tower

        def outputs(self, pixels):
            nonlocal most
            most = max(most, len(pixels))
            return encoder.outputs(pixels)

    maps = []
    for batch in (2, 64):
        method = load_explainer(name, {**FEW.get(name, {}), "batch": batch})
        maps.append(method.explain(Counting(), pixels, score)[0])
        assert most <= batch
    np.testing.assert_allclose(maps[0], maps[1], atol=1e-4 * np.abs(maps[1]).max())


@pytest.mark.parametrize("name", [name for name in EXPLAINERS if not name.startswith("attention")])
def test_two_maps_at_once_do_not_mix(name, shape):
    encoder, _, _ = shape
    data = load_dataset("shapes")
    method = load_explainer(name, {"integrated-gradients": {"steps": 4}}.get(name, FEW.get(name)))
    asked = [
        (encoder.preprocess([data[i].image]), scores_of_model(encoder, None)[data[i].label])
        for i in range(2)
    ]
    alone = [method.explain(encoder, pixels, score) for pixels, score in asked]
    together: dict[int, list[np.ndarray]] = {0: [], 1: []}
    start = threading.Barrier(2)

    def ask(user):
        start.wait()
        for _ in range(4):
            together[user].append(method.explain(encoder, *asked[user]))

    threads = [threading.Thread(target=ask, args=(user,)) for user in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not np.allclose(alone[0], alone[1])
    for user in (0, 1):
        assert len(together[user]) == 4
        for found in together[user]:
            np.testing.assert_allclose(found, alone[user], atol=1e-4 * np.abs(alone[user]).max())
