"""Where it fails, without being told; two answers to the same pictures; halves that are honest."""

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.studies.groups.columns import grouping
from replearn.studies.groups.compare import both_compared, compared
from replearn.studies.groups.search import searched
from replearn.studies.groups.shipped import VIEWS, shipped_answers
from tests.studies.groups.made import answers


def world(share_wrong, seed=0, n=3000):
    """Pictures with four columns; one pair of values of two of them is got wrong."""
    random = np.random.default_rng(seed)
    columns = {
        name: random.choice([f"{name}{i}" for i in range(count)], n)
        for name, count in (("a", 4), ("b", 5), ("c", 3), ("d", 6))
    }
    spot = (columns["a"] == "a1") & (columns["b"] == "b3")
    wrong = random.random(n) < np.where(spot, share_wrong, 0.1)
    truth = random.integers(0, 2, n)
    return answers(truth, np.where(wrong, 1 - truth, truth), columns)


def test_a_planted_pair_is_found_and_holds():
    found = searched(world(0.8))
    assert found.telling[0].by == ("a", "b")
    assert found.suspects[0].values == ("a1", "b3")
    assert found.suspects[0].holds
    assert found.tried > 100


def test_where_nothing_is_planted_hardly_anything_holds():
    holding = [any(one.holds for one in searched(world(0.1, seed)).suspects) for seed in range(20)]
    assert sum(holding) <= 4  # Holm promises 1 of 20


def test_a_column_said_twice_is_tried_once():
    made = world(0.8)
    made.columns["again"] = made.columns["a"]
    assert searched(made).tried == searched(world(0.8)).tried


def test_the_group_that_fails_ships_and_is_found_without_being_told():
    made = shipped_answers("tied", "shapes-background-tied")
    found = searched(made)
    assert set(found.telling[0].by) == {"solid", "backdrop"}
    assert found.telling[0].explained > 0.5
    assert all(one.holds for one in found.suspects)
    alone = [one for one in found.telling if len(one.by) == 1]
    assert max(one.explained for one in alone) < 0.02
    # where a network looks at the solid, nothing is found
    sound = searched(shipped_answers("shapes", "shapes-supervised"))
    assert not any(one.holds for one in sound.suspects)
    assert shipped_answers("shapes", "shapes-background-tied").right.mean() == pytest.approx(
        0.14, abs=0.03
    )


@pytest.mark.parametrize("view", VIEWS)
def test_what_ships_is_whole_and_answers_the_same_pictures(view):
    given = [shipped_answers(view, model) for model in VIEWS[view].models]
    assert len({one.rows.tobytes() for one in given}) == 1
    assert all(VIEWS[view].by in one.columns for one in given)
    assert all(one.stamp.model == m for one, m in zip(given, VIEWS[view].models, strict=True))


def test_a_gap_that_closes_says_by_how_much_and_who_pays():
    random = np.random.default_rng(1)
    group = np.repeat(["a", "b"], 400)
    before = random.random(800) < np.where(group == "a", 0.9, 0.4)
    after = random.random(800) < np.where(group == "a", 0.7, 0.7)
    made = answers([0] * 800, [0] * 800, {"g": group})
    found = compared(grouping(made, "g"), before, after, ("one", "two"), "", made.stamp)
    assert found.gap_before == pytest.approx(0.5, abs=0.08)
    assert found.closed.low < 0.5 < found.closed.high
    assert [row.values for row in found.lost] == [("a",)]
    assert found.rows[0].values == ("b",)
    assert found.overall.before.n == 800


def test_a_second_look_at_chance_alone_closes_nothing():
    # the worst of many groups would seem to gain if it were named on the pictures it is measured on
    closed = []
    for seed in range(30):
        random = np.random.default_rng(seed)
        group = np.tile([f"g{i}" for i in range(12)], 60)
        made = answers([0] * 720, [0] * 720, {"g": group})
        before, after = (random.random(720) < 0.7 for _ in range(2))
        closed.append(
            compared(grouping(made, "g"), before, after, ("", ""), "", made.stamp).closed.value
        )
    assert abs(np.mean(closed)) < 0.06


def test_models_that_ship_are_compared_by_pairs_of_columns():
    first, second = (shipped_answers("tied", model) for model in VIEWS["tied"].models)
    found = both_compared(first, second, ["solid", "backdrop"])
    assert found.by == ("solid", "backdrop")
    assert found.closed.low > 0.3
    assert found.lost == ()
    with pytest.raises(InputError, match="could not open the same pictures"):
        both_compared(first, shipped_answers("shapes", "shapes-supervised"), ["solid"])
