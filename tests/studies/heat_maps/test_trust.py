"""The checks of a heat map, on networks whose answer is known."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from replearn.core.errors import InputError, StoppedError
from replearn.data import load_dataset
from replearn.encoders.tower import ImageTower
from replearn.explainers import load_explainer
from replearn.explainers.in_torch import InTorch
from replearn.explainers.scores import ClassScore
from replearn.results.trust import Box
from replearn.studies.answering.heat_map_question import HeatMapQuestion, ask
from replearn.studies.heat_maps.deletion_and_insertion import CurveSettings, order_curve
from replearn.studies.heat_maps.pointing import point_at
from replearn.studies.heat_maps.randomised_weights import blocks, randomised, rank_correlation
from replearn.studies.heat_maps.trust import check, trust

SIDE = 16


class Quadrant(nn.Module):
    """Its answer is the mean of the top left quarter."""

    def forward(self, pixels):
        return pixels[:, :, : SIDE // 2, : SIDE // 2].mean((1, 2, 3))[:, None]


@pytest.fixture
def toy():
    """A question whose true pixels are the top left quarter of a white picture."""
    trunk = nn.Sequential(nn.Conv2d(3, 3, 1, bias=False)).requires_grad_(False)
    trunk[0].weight.copy_(torch.eye(3)[:, :, None, None])
    tower = ImageTower(trunk, Quadrant(), spatial=True, linear=None)
    pixels = np.ones((1, 3, SIDE, SIDE), np.float32)
    picture = np.full((SIDE, SIDE, 3), 255, np.uint8)
    encoder = SimpleNamespace(name="toy", fingerprint="0" * 12)
    return HeatMapQuestion(encoder, InTorch("toy", tower), pixels, picture, ClassScore(0, "white"))


@pytest.fixture(scope="module")
def shape():
    """A question to shapes-supervised about the class of a rendered picture."""
    data = load_dataset("shapes")
    return ask(data[0].image, data.class_names[data[0].label], "shapes-supervised")


def corner(values=(1.0, 0.0)):
    found = np.full((SIDE, SIDE), values[1], np.float32)
    found[: SIDE // 2, : SIDE // 2] = values[0]
    return found


def test_deletion_of_the_true_pixels_has_the_known_area(toy):
    settings = CurveSettings(cells=4, steps=16, orders=20)
    found = order_curve(toy, corner(), "deletion", settings)
    assert found.scores[0] == pytest.approx(1)
    assert found.scores[-1] == pytest.approx(0)
    assert found.area == pytest.approx(0.25 / 2)  # it falls to nothing over a quarter of the way
    assert found.beaten == 20
    assert found.random_area.low < 0.5 < found.random_area.high
    wrong = order_curve(toy, corner((0.0, 1.0)), "deletion", settings)
    assert wrong.area == pytest.approx(0.75 + 0.25 / 2)
    assert wrong.beaten == 0
    assert "0 of 20 random orders" in wrong.verdict


def test_insertion_of_the_true_pixels_rises_first(toy):
    toy.pixels[:] = np.where(corner() > 0, 2, -2)
    settings = CurveSettings(cells=4, steps=8, orders=5)
    good = order_curve(toy, corner(), "insertion", settings)
    bad = order_curve(toy, corner((0.0, 1.0)), "insertion", settings)
    assert good.beaten == 5
    assert good.area > good.random_area.value > bad.area


def test_a_curve_equals_a_slow_loop_whatever_the_batch(shape):
    values = np.random.default_rng(0).random((4, 4)).astype(np.float32)
    expected, covered = [], shape.pixels.copy()
    side = covered.shape[2] // 4
    expected.append(shape.value)
    for cell in np.argsort(-values, axis=None):
        row, column = divmod(int(cell), 4)
        covered[:, :, row * side : (row + 1) * side, column * side : (column + 1) * side] = 0
        outputs = torch.from_numpy(shape.explained.outputs(covered))
        expected.append(float(shape.score(outputs)[0]))
    for batch in (1, 64):
        settings = CurveSettings(cells=4, steps=16, orders=2, batch=batch)
        found = order_curve(shape, values, "deletion", settings)
        np.testing.assert_allclose(found.scores, expected, atol=1e-3)


def test_impossible_curves_are_refused(toy):
    with pytest.raises(InputError, match="deletion or insertion"):
        order_curve(toy, corner(), "erasure")
    with pytest.raises(InputError, match="random orders"):
        CurveSettings(orders=1)


def test_blocks_hold_every_weight_once_from_the_output_down(shape):
    tower = shape.explained.tower()
    found = blocks(tower)
    assert found[0][0] == "fc"
    assert found[-1][0].startswith("conv1")
    names = [name for name, _ in found if name.startswith("layer")]
    assert names == sorted(names, reverse=True)
    held = [id(p) for _, ms in found for m in ms for p in m.parameters(recurse=False)]
    assert sorted(held) == sorted(id(p) for p in tower.parameters())


def test_shuffled_weights_change_gradients_and_leave_guided_backprop(shape):
    before = {k: v.clone() for k, v in shape.explained.tower().state_dict().items()}
    found = {}
    for name in ("guided-backprop", "input-gradient", "cam"):
        explainer = load_explainer(name)
        values = explainer.explain(shape.explained, shape.pixels, shape.score)[0]
        found[name] = randomised(shape, explainer, values, stages=4)
        assert len(found[name].stages) == 4
    guided = found.pop("guided-backprop")
    assert not guided.depends_on_weights
    assert guided.verdict.startswith("Fails the check: guided backprop gives nearly the same map")
    assert "edges, not reasons" in guided.verdict
    for other in found.values():
        assert other.depends_on_weights
        assert other.correlation < guided.correlation - 0.2
    after = shape.explained.tower().state_dict()
    assert all(torch.equal(after[k], v) for k, v in before.items())


def test_a_method_that_ignores_the_weights_fails(shape):
    class Brightness(type(load_explainer("occlusion"))):
        def explain(self, encoder, pixels, score, progress=None):
            return pixels.mean(1)

    explainer = Brightness()
    values = explainer.explain(None, shape.pixels, None)[0]
    found = randomised(shape, explainer, values, stages=3)
    assert found.correlation == pytest.approx(1)
    assert "Fails the check" in found.verdict


def test_the_seed_decides_what_is_shuffled(shape):
    explainer = load_explainer("cam")
    values = explainer.explain(shape.explained, shape.pixels, shape.score)[0]
    first, again, other = (
        randomised(shape, explainer, values, stages=2, seed=seed).stages[-1].values
        for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)


def test_rank_correlation_knows_order_alone():
    values = np.random.default_rng(0).random((5, 5)).astype(np.float32)
    assert rank_correlation(values, np.exp(3 * values)) == pytest.approx(1)
    assert rank_correlation(values, -values) == pytest.approx(-1)
    assert np.isnan(rank_correlation(values, np.zeros_like(values)))


def test_pointing_counts_what_lies_in_the_box():
    inside = point_at(corner(), Box(0, 0, 0.5, 0.5))
    assert inside.hit
    assert inside.energy > 0.9  # what is enlarged bleeds over the edge by half a cell
    assert inside.area == pytest.approx(0.25, abs=0.01)
    outside = point_at(corner(), Box(0.6, 0.6, 1, 1))
    assert not outside.hit
    assert outside.energy == pytest.approx(0, abs=1e-6)
    flat = point_at(np.ones((7, 7), np.float32), Box(0, 0, 0.5, 1))
    assert flat.energy == pytest.approx(flat.area)
    with pytest.raises(InputError, match="left side before its right"):
        Box(0.5, 0, 0.5, 1)
    with pytest.raises(InputError, match="too small"):
        point_at(corner(), Box(0.5, 0.5, 0.5001, 0.5001))


def test_the_whole_check_has_a_verdict_for_each_part():
    data = load_dataset("shapes")
    found = trust(
        data[0].image,
        data.class_names[data[0].label],
        "shapes-supervised",
        "cam",
        box=Box(0.2, 0.2, 0.8, 0.8),
    )
    starts = [verdict.split(":")[0] for verdict in found.verdicts]
    assert starts == ["Random weights", "Deletion", "Insertion", "Completeness", "Pointing game"]
    assert found.completeness.error < 1e-3
    assert "seed 0" in str(found.stamp)
    assert "random orders 10" in str(found.stamp)


def test_a_method_that_ignores_the_target_says_so(shape):
    found = check(shape, load_explainer("eigen-cam"))
    assert "doesn't look at the target" in found.verdicts[0]


def test_a_check_can_be_stopped(shape):
    def stop(done, total, what):
        if "shuffled" in what:
            raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        check(shape, load_explainer("cam"), progress=stop)
