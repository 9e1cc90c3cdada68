import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.spatial import procrustes
from scipy.stats import spearmanr
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from replearn.core.errors import InputError
from replearn.projections import quality
from replearn.projections.grid import snapped
from replearn.projections.neighbours import k_nearest, k_nearest_of
from replearn.projections.procrustes import aligned
from replearn.projections.quality import layout_quality
from replearn.projections.sample import stratified


@pytest.fixture(scope="module")
def vectors():
    found = np.random.default_rng(1).normal(size=(200, 12)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_quality_equals_scikit_learn_and_a_slow_count(vectors):
    points = vectors[:, :2]
    found = layout_quality(vectors, points)
    for k in (10, 30):
        true = trustworthiness(vectors, points, n_neighbors=k, metric="cosine")
        assert found.figures[f"trustworthiness@{k}"] == pytest.approx(true, abs=1e-4)
        # continuity is trustworthiness with the two spaces exchanged
        true = trustworthiness(points, vectors, n_neighbors=k)
        assert found.figures[f"continuity@{k}"] == pytest.approx(true, abs=1e-4)
        near = NearestNeighbors(n_neighbors=k + 1).fit(vectors).kneighbors(vectors)[1]
        on_map = NearestNeighbors(n_neighbors=k + 1).fit(points).kneighbors(points)[1]
        same = [len(set(a[1:]) & set(b[1:])) / k for a, b in zip(near, on_map, strict=True)]
        assert found.figures[f"neighbours kept@{k}"] == pytest.approx(np.mean(same), abs=1e-3)
    first, second = np.triu_indices(200, 1)
    slow = spearmanr(
        1 - (vectors[first] * vectors[second]).sum(1),
        np.linalg.norm(points[first] - points[second], axis=1),
    ).statistic
    assert found.figures["rank correlation"] == pytest.approx(slow, abs=1e-6)
    k30 = (found.figures["trustworthiness@30"] + found.figures["continuity@30"]) / 2
    assert found.misplaced.mean() == pytest.approx(1 - k30, abs=1e-5)


def test_a_point_carried_to_the_wrong_end_is_the_worst_placed():
    line = np.arange(100, dtype=np.float32)
    vectors = np.stack([np.cos(line / 70), np.sin(line / 70)], 1)
    points = np.stack([line, 0 * line], 1)
    assert layout_quality(vectors, points).figures["trustworthiness@10"] == pytest.approx(1)
    points[7, 0] = 99.5
    assert layout_quality(vectors, points).misplaced.argmax() == 7


def test_a_large_map_is_measured_on_a_sample(vectors, monkeypatch):
    whole = layout_quality(vectors, vectors[:, :2])
    monkeypatch.setattr(quality, "MEASURED", 120)
    part = layout_quality(vectors, vectors[:, :2])
    assert np.isfinite(part.misplaced).sum() == 120
    for name, value in whole.figures.items():
        assert part.figures[name] == pytest.approx(value, abs=0.04)


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_neighbours_equal_scikit_learn(vectors, metric):
    rows = vectors * np.linspace(1, 3, 200, dtype=np.float32)[:, None]
    model = NearestNeighbors(n_neighbors=6, metric=metric).fit(rows)
    np.testing.assert_array_equal(k_nearest(rows, 5, metric), model.kneighbors(rows)[1][:, 1:])
    found, distances = k_nearest_of(vectors[:7], rows, 6, metric)
    true_distances, true = model.kneighbors(vectors[:7])
    np.testing.assert_array_equal(found, true)
    np.testing.assert_allclose(distances, true_distances, atol=1e-3)


def test_procrustes_undoes_a_turn_a_mirror_and_a_scale(vectors):
    reference = vectors[:, :2]
    turned = 3 * reference @ np.array([[0.6, 0.8], [0.8, -0.6]], np.float32) + 5
    np.testing.assert_allclose(aligned(turned, reference), reference, atol=1e-5)
    moved = aligned(vectors[:, 2:4], reference)
    _, _, disparity = procrustes(reference, vectors[:, 2:4])
    ours = ((moved - reference) ** 2).sum() / ((reference - reference.mean(0)) ** 2).sum()
    assert ours == pytest.approx(disparity, abs=1e-5)


def test_a_grid_gives_every_picture_its_own_cell_at_the_least_cost(vectors):
    points = vectors[:36, :2]
    cells = snapped(points)
    assert len({tuple(cell) for cell in cells.tolist()}) == 36
    assert cells.min() == 0
    assert cells.max() == 5
    unit = (points - points.min(0)) / np.ptp(points, axis=0)
    every = np.stack(np.meshgrid(np.arange(6), np.arange(6)), -1).reshape(-1, 2)
    cost = ((unit[:, None] - every[None] / 5) ** 2).sum(-1)
    least = cost[linear_sum_assignment(cost)].sum()
    assert ((unit - cells / 5) ** 2).sum() == pytest.approx(least, abs=1e-5)
    with pytest.raises(InputError, match="flat"):
        snapped(vectors[:, :3])
    with pytest.raises(InputError, match="3,000"):
        snapped(np.zeros((3001, 2), np.float32))


def test_a_sample_keeps_each_groups_share_and_is_spread():
    groups = ["a"] * 9000 + ["b"] * 990 + ["c"] * 10
    rows = stratified(groups, 1000, seed=3)
    assert len(set(rows.tolist())) == 1000
    counts = {name: int(sum(groups[i] == name for i in rows)) for name in "abc"}
    assert counts["a"] == pytest.approx(900, abs=2)
    assert counts["c"] >= 1
    assert rows[500] > 3000  # not the first ones
    np.testing.assert_array_equal(rows, stratified(groups, 1000, seed=3))
    np.testing.assert_array_equal(stratified(groups[:5], 10), np.arange(5))
