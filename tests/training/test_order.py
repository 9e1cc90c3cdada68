"""The order in which training pictures come."""

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.training import configured
from replearn.training.sources.by_name import Wanted, open_source
from replearn.training.sources.dataset_source import DatasetSource
from replearn.training.sources.order import Balanced, Shuffled, groups_of


def test_shuffled_has_every_row_once_and_another_order_each_turn():
    rows = np.arange(3, 40)
    order = Shuffled(rows, seed=1)
    assert sorted(order.turn(0)) == rows.tolist()
    assert order.turn(0).tolist() == Shuffled(rows, seed=1).turn(0).tolist()
    assert order.turn(0).tolist() != order.turn(1).tolist()


def test_balanced_draws_every_group_as_often():
    groups = ["many"] * 90 + ["few"] * 7 + ["one"]
    rows = np.array([row for row in range(98) if row != 3])
    order = Balanced(rows, groups, seed=2)
    drawn = order.turn(0)
    assert len(drawn) == len(rows)
    assert set(drawn) <= set(rows)
    counts = {name: sum(groups[row] == name for row in drawn) for name in set(groups)}
    assert max(counts.values()) - min(counts.values()) <= 1
    # what must be repeated is repeated evenly: nothing comes a second time before all came once
    few = np.bincount([row for row in drawn if groups[row] == "few"])[90:97]
    assert few.max() - few.min() <= 1
    assert drawn.tolist() == Balanced(rows, groups, seed=2).turn(0).tolist()


def test_more_groups_than_rows_of_a_turn_get_their_turn():
    order = Balanced(np.arange(5), list("abcde"), seed=0)
    assert sorted(order.turn(0)) == [0, 1, 2, 3, 4]


def test_a_source_draws_a_column_evenly_in_every_class():
    data = load_dataset("shapes-tied:0.9", size=400)
    plain = DatasetSource(data, 16, 0)
    even = DatasetSource(data, 16, 0, balance="backdrop")
    assert plain.pictures == even.pictures

    def cells(source: DatasetSource) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        by_picture = {data[row].caption: data[row].meta for row in range(len(data))}
        batch = source.batch(range(source.pictures))
        for text in batch.texts:
            meta = by_picture[text]
            cell = (meta["solid"], meta["backdrop"])
            found[cell] = found.get(cell, 0) + 1
        return found

    assert max(cells(plain).values()) > 5 * min(cells(plain).values())
    drawn = cells(even).values()
    assert max(drawn) - min(drawn) <= 1


@pytest.mark.parametrize(
    ("dataset", "wanted", "says"),
    [
        ("shapes", Wanted(16, 0, balance="backdrop"), "rendered with every factor evenly"),
        ("emoji", Wanted(16, 0, pairs=True, balance="designer"), "choose views=augment"),
        ("shapes-tied:0.5", Wanted(16, 0, balance="region", most=40), "no column 'region'"),
    ],
)
def test_what_cannot_be_drawn_evenly_says_so(dataset, wanted, says):
    with pytest.raises(InputError, match=says):
        open_source(dataset, wanted, lambda *_: None)


def test_a_column_of_many_values_is_refused():
    with pytest.raises(InputError, match="at most 50"):
        groups_of("data", "name", [str(i) for i in range(51)], [0] * 51)


def test_an_empty_balance_is_not_a_setting_so_that_earlier_runs_go_on():
    assert "balance" not in configured("supcon", {}).settings()
    assert '"balance": "region"' in configured("supcon", {"balance": "region"}).settings()
