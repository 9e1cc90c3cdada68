"""Accuracy by group: counts, gaps, pairs, odds; against fairlearn and counts by hand."""

import math

import numpy as np
import pytest
from fairlearn.metrics import (
    MetricFrame,
    equalized_odds_difference,
    false_positive_rate,
    true_positive_rate,
)

from replearn.core.errors import InputError
from replearn.results.groups import group_records
from replearn.studies.groups.columns import grouping
from replearn.studies.groups.groups import report
from replearn.studies.groups.odds import odds_of
from replearn.studies.groups.tallies import pairs_of
from tests.studies.groups.made import answers


@pytest.fixture(scope="module")
def three():
    """Three groups of 300, 200 and 12 pictures, right in 0.9, 0.6 and 0 of them."""
    random = np.random.default_rng(0)
    place = np.repeat(["north", "south", "<b>tiny</b>"], [300, 200, 12])
    truth = random.integers(0, 2, 512)
    share = np.where(place == "north", 0.9, np.where(place == "south", 0.6, 0))
    said = np.where(random.random(512) < share, truth, 1 - truth)
    return answers(truth, said, {"place": place, "age": random.uniform(20, 60, 512).astype(str)})


def test_groups_are_counted_the_worst_first_and_small_ones_never_ranked(three):
    found = report(three, ["place"])
    assert [row.name for row in found.rows] == ["south", "north", "<b>tiny</b>"]
    assert [row.ranked for row in found.rows] == [True, True, False]
    for row in found.rows:
        codes = three.columns["place"]
        inside = np.array([codes.at(i) == row.name for i in range(512)])
        assert row.accuracy.n == inside.sum()
        assert row.accuracy.value == three.right[inside].mean()
        wrong = inside & ~three.right
        assert sum(one.count for one in row.mistakes) == wrong.sum()
        assert len(row.shown) <= 12
        assert set(row.shown) <= set(np.flatnonzero(wrong))
    gap = found.gap(("place",))
    assert (gap.best, gap.worst) == (("north",), ("south",))
    assert gap.gap.low < 0.3 < gap.gap.high + 0.05
    assert gap.gap.value > gap.chance
    assert not gap.paired
    assert {one.values for one in found.tests} == {("south",), ("north",)}
    assert all(one.corrected >= one.p for one in found.tests)
    assert "fewer than 20" in " ".join(found.notes)


def test_the_frame_has_a_row_for_each_group_and_no_nan(three):
    found = report(three, ["place", "age"])
    frame = found.to_frame()
    assert len(frame) == len(found.rows) == 3 + 4 + frame["by"].eq("place x age").sum()
    assert list(frame.columns) == list(group_records(found)[0])
    assert frame.loc[frame["group"] == "<b>tiny</b>", "p"].isna().all()
    for record in group_records(found):
        values = (value for value in record.values() if isinstance(value, float))
        assert all(math.isfinite(value) for value in values)


def test_calibration_is_that_of_each_group():
    truth = np.zeros(60, int)
    said = np.r_[np.zeros(30), np.ones(30)].astype(int)
    made = answers(truth, said, {"g": ["a"] * 30 + ["b"] * 30}, confidence=[0.9] * 60)
    found = {row.name: row.ece for row in report(made, ["g"]).rows}
    assert found == {"a": pytest.approx(0.1), "b": pytest.approx(0.9)}


def test_numbers_are_binned_with_edges_and_a_value_on_an_edge_is_in_one_bin():
    ages = [str(age) for age in range(1, 101)]
    made = answers([0] * 100, [0] * 100, {"age": ages})
    found = grouping(made, "age")
    assert found.counts().tolist() == [25, 25, 25, 25]
    assert found.values[0][0].startswith("1 to 2")
    assert grouping(made, "age", bins=2).counts().tolist() == [50, 50]
    few = answers([0] * 60, [0] * 60, {"stars": ["10", "2", "1"] * 20})
    assert [values[0] for values in grouping(few, "stars").values] == ["1", "2", "10"]


def test_what_cannot_be_groups_is_one_sentence():
    n = 5000
    made = answers(
        [0] * n,
        [0] * n,
        {
            "file": [f"f{i}.jpg" for i in range(n)],
            "one": ["same"] * n,
            "none": [""] * n,
            "half": ["a", ""] * (n // 2),
        },
    )
    for name, said in (
        ("file", "5,000 different values.*largest=20"),
        ("one", "same value in the column one .same."),
        ("none", "No picture of made has a value in the column none"),
        ("half", "same value"),
        ("fil", "no column 'fil'.*Did you mean file"),
    ):
        with pytest.raises(InputError, match=said) as caught:
            report(made, [name])
        assert "\n" not in str(caught.value)
    kept = report(made, ["file"], largest=20)
    assert len(kept.rows) == 20
    assert "the 20 largest of 5,000 groups" in " ".join(kept.notes)
    with pytest.raises(InputError, match="no column that divides"):
        report(answers([0, 1], [0, 1], {}))


def test_missing_values_are_left_out_and_said():
    made = answers([0] * 90, [0] * 90, {"g": ["a", "b", ""] * 30})
    found = report(made, ["g"])
    assert [row.accuracy.n for row in found.rows] == [30, 30]
    assert "g: 30 of 90 pictures have no value." in found.notes


def test_pairs_are_found_where_pictures_are_the_same_but_for_the_group():
    things = [f"t{i}" for i in range(40)]
    columns = {"tone": ["light"] * 40 + ["dark"] * 40, "thing": [*things, *reversed(things)]}
    truth = np.zeros(80, int)
    said = np.r_[np.zeros(40), np.arange(40) % 2].astype(int)
    made = answers(truth, said, columns)
    gap = report(made, ["tone"]).gap(("tone",))
    assert gap.paired
    assert gap.gap.value == pytest.approx(0.5)
    first, second = pairs_of(made, grouping(made, "tone"), ("light",), ("dark",))
    thing = made.columns["thing"]
    assert [thing.at(i) for i in first] == [thing.at(i) for i in second]
    columns["thing"][40] = "another"
    assert not report(answers(truth, said, columns), ["tone"]).gap(("tone",)).paired


def test_rates_by_group_are_fairlearns():
    random = np.random.default_rng(2)
    n = 900
    group = random.choice(["a", "b", "c"], n)
    truth = random.integers(0, 2, n)
    said = np.where(random.random(n) < np.where(group == "a", 0.9, 0.7), truth, 1 - truth)
    made = answers(truth, said, {"g": group})
    found = odds_of(made, grouping(made, "g"), "Dog")
    frame = MetricFrame(
        metrics={"tpr": true_positive_rate, "fpr": false_positive_rate},
        y_true=truth,
        y_pred=said,
        sensitive_features=group,
    )
    for row in found.rows:
        assert row.true_positive.value == pytest.approx(frame.by_group.loc[row.values[0], "tpr"])
        assert row.false_positive.value == pytest.approx(frame.by_group.loc[row.values[0], "fpr"])
    assert found.opportunity == pytest.approx(frame.difference()["tpr"])
    assert found.odds == pytest.approx(
        equalized_odds_difference(truth, said, sensitive_features=group)
    )
    with pytest.raises(InputError, match=r"no class .dgo.*Did you mean dog"):
        odds_of(made, grouping(made, "g"), "dgo")


def test_a_class_asked_of_too_few_says_so():
    made = answers([0, 1] * 15, [0, 1] * 15, {"g": ["a", "b", "a"] * 10})
    assert odds_of(made, grouping(made, "g"), "cat").rows == ()
