"""Permutation tests against slow hand-written ones and scipy's."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.stats import permutation_test

from replearn.core.permutation import MOST, partition_p, sign_flip_p


@pytest.fixture
def values():
    random = np.random.default_rng(3)
    return random.normal((0.0, 0.5, 1.5), 1.0, (10, 3))


def slow_sign_flip(differences):
    observed = abs(sum(differences))
    flips = list(product((1, -1), repeat=len(differences)))
    sums = [abs(sum(s * d for s, d in zip(signs, differences, strict=True))) for signs in flips]
    return sum(one >= observed - 1e-12 for one in sums) / len(flips)


def slow_partition(values, first):
    def gap(chosen):
        rest = [v for i, v in enumerate(values) if i not in chosen]
        return abs(np.mean([values[i] for i in chosen]) - np.mean(rest))

    every = list(combinations(range(len(values)), first))
    observed = gap(tuple(range(first)))
    return sum(gap(chosen) >= observed - 1e-12 for chosen in every) / len(every)


def test_signs_of_few_pairs_are_all_tried(values):
    expected = [slow_sign_flip(column) for column in values.T.tolist()]
    np.testing.assert_allclose(sign_flip_p(values), expected)


def test_signs_agree_with_scipy(values):
    for column, p in zip(values.T, sign_flip_p(values), strict=True):
        other = permutation_test((column,), np.mean, permutation_type="samples", n_resamples=np.inf)
        assert p == pytest.approx(other.pvalue)


def test_partitions_of_few_values_are_all_tried(values):
    expected = [slow_partition(column, 4) for column in values.T.tolist()]
    np.testing.assert_allclose(partition_p(values, 4), expected)


def test_partitions_agree_with_scipy(values):
    def gap(a, b, axis):
        return np.mean(a, axis=axis) - np.mean(b, axis=axis)

    for column, p in zip(values.T, partition_p(values, 5), strict=True):
        other = permutation_test((column[:5], column[5:]), gap, n_resamples=np.inf, vectorized=True)
        assert p == pytest.approx(other.pvalue)


def test_drawn_permutations_come_near_the_listed_ones_and_keep_their_seed():
    random = np.random.default_rng(0)
    many = random.normal(0.25, 1.0, (40, 2))
    for test in (sign_flip_p, lambda v, seed: partition_p(v, 20, seed)):
        first, again, other = test(many, 0), test(many, 0), test(many, 1)
        np.testing.assert_array_equal(first, again)
        assert (first != other).any()
        np.testing.assert_allclose(first, other, atol=0.03)
    expected = [permutation_test((c,), np.mean, permutation_type="samples").pvalue for c in many.T]
    np.testing.assert_allclose(sign_flip_p(many), expected, atol=0.03)


def test_no_p_is_zero_and_no_difference_at_all_is_one():
    sure = np.full((60, 1), 3.0) + np.arange(60)[:, None]
    assert sign_flip_p(sure)[0] == pytest.approx(1 / (MOST + 1))
    assert sign_flip_p(np.zeros((60, 1)))[0] == 1
    assert partition_p(np.ones((60, 1)), 30)[0] == 1
