"""Blind spots: a planted one is found and held to, where there is none nothing holds."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

import replearn
from replearn.core.errors import InputError
from replearn.studies.groups import slices as room
from replearn.studies.groups.mixture import Mixture, fit_mixture
from tests.studies.groups.made import answers


def scores_by_hand(mixture, vectors, wrong):
    found = np.zeros((len(vectors), len(mixture.shares)))
    for i, vector in enumerate(vectors):
        for k in range(len(mixture.shares)):
            normal = multivariate_normal(mixture.means[k], np.diag(mixture.variances[k]))
            mistake = mixture.wrong[k] if wrong[i] else 1 - mixture.wrong[k]
            found[i, k] = (
                np.log(mixture.shares[k]) + normal.logpdf(vector) + mixture.weight * np.log(mistake)
            )
    return found


def test_a_mixtures_likelihood_is_that_counted_by_hand():
    random = np.random.default_rng(0)
    mixture = Mixture(
        np.array([0.3, 0.7]),
        random.normal(size=(2, 3)),
        random.uniform(0.5, 2, (2, 3)),
        np.array([0.8, 0.1]),
        10.0,
    )
    vectors, wrong = random.normal(size=(9, 3)), np.arange(9) % 2 == 0
    by_hand = scores_by_hand(mixture, vectors, wrong)
    np.testing.assert_allclose(mixture.scores(vectors, wrong), by_hand)
    shares = mixture.responsibilities(vectors, wrong)
    expected = np.exp(by_hand) / np.exp(by_hand).sum(1, keepdims=True)
    np.testing.assert_allclose(shares, expected)


def planted(seed, share):
    """Vectors in sixteen clouds of two classes; one cloud is got wrong."""
    random = np.random.default_rng(seed)
    cloud, truth = random.integers(0, 16, 1600), random.integers(0, 2, 1600)
    middles, classes = 3 * random.normal(size=(16, 12)), 9 * random.normal(size=(2, 12))
    vectors = middles[cloud] + classes[truth] + random.normal(size=(1600, 12))
    wrong = random.random(1600) < np.where(cloud == 5, share, 0.05)
    return vectors.astype(np.float32), truth, wrong, cloud


def test_a_planted_spot_is_found_across_classes():
    vectors, truth, wrong, cloud = planted(0, 0.8)
    found = room.find_slices(vectors, truth, wrong)
    best = found[0]
    assert (cloud[best.second] == 5).mean() > 0.9
    assert not set(best.first) & set(best.second)


def test_the_mixture_is_the_same_for_the_same_seed():
    vectors, _, wrong, _ = planted(1, 0.5)
    first, second = (fit_mixture(vectors.astype(float), wrong, 9, 10.0, 3) for _ in range(2))
    np.testing.assert_array_equal(first.means, second.means)


def made(monkeypatch, share, seed=0):
    vectors, truth, wrong, _ = planted(seed, share)
    given = answers(truth, np.where(wrong, 1 - truth, truth), {})
    monkeypatch.setattr(room, "vectors_of", lambda *_: vectors)
    monkeypatch.setattr(room, "has_capability", lambda *_: False)
    return given


def test_a_slice_holds_where_it_was_planted_and_nowhere_else(monkeypatch):
    found = room.sliced(made(monkeypatch, 0.8), "nobody")
    assert found.rows[0].holds
    assert found.rows[0].checked.value < 0.5
    assert found.rows[0].words == ()
    assert len(found.rows[0].shown) == len(found.rows[0].wrong) == 8
    holding = [
        any(row.holds for row in room.sliced(made(monkeypatch, 0.05, seed), "nobody").rows)
        for seed in range(10)
    ]
    assert sum(holding) <= 2


def test_too_few_pictures_or_mistakes_are_one_sentence():
    few = answers([0] * 50, [1] * 50, {})
    with pytest.raises(InputError, match="50 labelled pictures; slices want at least 100"):
        room.sliced(few, "nobody")
    good = answers([0] * 200, [0] * 190 + [1] * 10, {})
    with pytest.raises(InputError, match="makes 10 mistakes on made; slices want at least 20"):
        room.sliced(good, "nobody")


@pytest.mark.slow
def test_slices_of_a_network_that_took_the_background_are_described_in_words():
    data = replearn.load_dataset("shapes-tied:0.5", size=300)
    found = replearn.slices(data, "shapes-background-tied")
    assert found.vectors == "shapes-clip"
    assert all(len(row.words) == 3 for row in found.rows)
    record = found.to_dict()["slices"][0]
    assert record["checked"]["n"] == found.rows[0].checked.n
