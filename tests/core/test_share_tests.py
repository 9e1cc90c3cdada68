"""Tests of shares against statsmodels and SciPy."""

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.contingency_tables import mcnemar as reference_mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_chisquare,
)

from replearn.core import share_tests as room
from replearn.core.statistics import proportion

COUNTS = [(0, 20, 3, 30), (5, 5, 1, 9), (19, 20, 100, 200), (140, 1000, 310, 900), (3, 8, 0, 0)]


@pytest.mark.parametrize("values", [[0.01], [0.04, 0.03, 0.001, 0.5], [0.2] * 6, [1.0, 1e-9, 0.04]])
def test_holm_is_that_of_statsmodels(values):
    np.testing.assert_allclose(room.holm(values), multipletests(values, method="holm")[1])


def test_holm_does_not_count_what_was_not_tested():
    found = room.holm([0.02, np.nan, 0.04])
    np.testing.assert_allclose(found[[0, 2]], [0.04, 0.04])
    assert np.isnan(found[1])
    assert room.holm([]).shape == (0,)


@pytest.mark.parametrize("counts", COUNTS)
def test_fisher_is_that_of_scipy(counts):
    right, n, other, m = counts
    expected = fisher_exact([[right, n - right], [other, m - other]]).pvalue
    assert room.fisher(*counts) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (3, 3), (1, 9), (40, 21), (0, 6)])
def test_mcnemar_is_that_of_statsmodels(first, second):
    if not first + second:
        assert room.mcnemar(0, 0) == 1
        return
    expected = reference_mcnemar([[5, first], [second, 7]], exact=True).pvalue
    assert room.mcnemar(first, second) == pytest.approx(expected)


def test_chi_square_and_wilson_are_those_of_statsmodels():
    right, n = [14, 30, 55], [100, 90, 120]
    assert room.equal_shares(right, n) == pytest.approx(proportions_chisquare(right, n)[1])
    assert room.equal_shares([*right, 0], [*n, 0]) == room.equal_shares(right, n)
    assert np.isnan(room.equal_shares([3, 4], [3, 4]))
    for hits, count in zip(right, n, strict=True):
        low, high = proportion_confint(hits, count, method="wilson")
        found = proportion(hits, count)
        assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_the_interval_of_a_difference_is_about_newcombes():
    found = room.difference(140, 200, 90, 180)
    low, high = confint_proportions_2indep(140, 200, 90, 180, method="newcomb")
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.02), pytest.approx(high, abs=0.02))
    assert room.difference(0, 30, 30, 30).low > -1.0001
    assert room.difference(30, 30, 30, 30).high > 0  # no mistakes aren't certainty


def test_a_paired_interval_is_narrower_where_pairs_go_together():
    first = np.tile([True, True, False], 60)
    second = first.copy()
    second[:6] = False
    paired = room.paired_difference(first, second)
    apart = room.difference(first.sum(), 180, second.sum(), 180)
    assert paired.value == pytest.approx(apart.value)
    assert paired.high - paired.low < 0.5 * (apart.high - apart.low)


def test_groups_that_are_all_alike_explain_nothing():
    random = np.random.default_rng(0)
    sizes = np.full(40, 25)
    alike = [room.explained(random.binomial(sizes, 0.4), sizes) for _ in range(50)]
    assert np.mean(alike) < 0.02
    assert room.explained([25, 0, 25, 0], [25] * 4) == pytest.approx(1)
    assert room.explained([10, 10], [10, 10]) == 0


def test_the_widest_gap_by_chance_is_passed_in_one_of_twenty_samples():
    sizes = np.array([40, 60, 80, 30])
    bound = room.widest_by_chance(int(0.7 * sizes.sum()), sizes)
    random = np.random.default_rng(1)
    drawn = random.binomial(sizes, 0.7, (4000, 4)) / sizes
    assert np.mean(np.ptp(drawn, axis=1) > bound) == pytest.approx(0.05, abs=0.02)
