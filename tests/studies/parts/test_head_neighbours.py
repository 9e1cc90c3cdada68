"""Neighbours by heads: the whole vector's row first, and a row that a slow sum gives."""

import numpy as np
import pytest

import replearn
from replearn.core.errors import CapabilityError, InputError
from replearn.data import load_dataset
from replearn.studies.parts.head_table import head_states_of, head_table
from replearn.studies.parts.units.unit import knowing

pytestmark = pytest.mark.slow
MODEL, DATA = "shapes-clip", "photo-crops"


def test_rows_are_what_a_slow_comparison_gives():
    data = load_dataset(DATA)
    row = 40
    found = replearn.head_neighbours(data[row].image, [(3, 1), (2, 0)], MODEL, DATA, k=4)
    table = head_table(MODEL, DATA)
    assert [one.heads for one in found.rows] == [(), ((3, 1),), ((2, 0),), ((3, 1), (2, 0))]
    groups = [[(3, 1)], [(2, 0)], [(3, 1), (2, 0)]]
    at = table.rows.index(row)
    for near, group in zip(found.rows[1:], groups, strict=True):
        given = sum(table.outputs(*part) * table.lengths[:, None] for part in group)
        given = given - given.mean(0)
        cosines = [
            float(one @ given[at] / np.linalg.norm(one) / np.linalg.norm(given[at]))
            for one in given
        ]
        best = sorted(range(len(cosines)), key=lambda i: -cosines[i])[:4]
        assert [one.id for one in near.pictures] == [data[table.rows[i]].id for i in best]
        assert [one.cosine for one in near.pictures] == pytest.approx(
            [cosines[i] for i in best], abs=1e-3
        )
    for near in found.rows:  # the subject itself is among them, as it is in the data set
        assert near.pictures[0].id == data[row].id
        assert near.pictures[0].cosine == pytest.approx(1, abs=1e-3)
    assert found.to_dict()["rows"][3]["heads"] == [[3, 1], [2, 0]]


def test_what_cannot_be_is_one_sentence():
    picture = load_dataset("photos")[0].image
    with pytest.raises(InputError, match="There is no head"):
        replearn.head_neighbours(picture, [(9, 0)], MODEL, DATA)
    with pytest.raises(InputError, match="1 to 24"):
        replearn.head_neighbours(picture, [(0, 0)], MODEL, DATA, k=100)
    with pytest.raises(CapabilityError, match="shapes-clip"):
        replearn.head_neighbours(picture, [(0, 0)], "imagenet", DATA)


def test_a_value_that_two_factors_have_is_named_with_its_factor():
    light = knowing("shapes-supervised", "light: left", k=1)
    position = knowing("shapes-supervised", "position: left", k=1)
    assert light != position
    assert knowing("shapes-supervised", "cube", k=3)[0][1] > 0.9
    with pytest.raises(InputError, match="shapes has nothing called"):
        knowing("shapes-supervised", "light: cube")


def test_whole_vectors_are_of_length_one():
    table = head_states_of(MODEL, load_dataset("photos"))
    np.testing.assert_allclose(np.linalg.norm(table.vectors, axis=1), 1, atol=1e-5)
