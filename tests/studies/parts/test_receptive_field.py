"""Receptive fields of a narrow input are those of a square one."""

import pytest

from replearn.studies.answering.layers import checked_layer
from replearn.studies.parts.units import receptive_field as room

pytestmark = pytest.mark.slow


def fields(model, layer, cells):
    for kept in (room._reach, room._run):
        kept.cache_clear()
    return room.receptive_fields(model, layer, cells)


@pytest.mark.parametrize(
    ("model", "layer"),
    [("shapes-bagnet", ""), ("imagenet", ""), ("imagenet", "network.blocks.3.2")],
)
def test_rows_are_reached_alike_however_wide_the_input_is(model, layer, monkeypatch):
    layer, cells = checked_layer(model, layer), [(0, 1), (2, 3), (6, 5)]
    narrow = fields(model, layer, cells)
    monkeypatch.setattr(room, "_NARROW", 10_000)
    assert fields(model, layer, cells) == narrow


def test_a_network_that_takes_square_pictures_alone_is_shown_one(monkeypatch):
    narrow = fields("shapes-bagnet", checked_layer("shapes-bagnet", ""), [(0, 0)])
    monkeypatch.setattr(room, "_NARROW", 8)  # no convolution fits into eight columns
    assert fields("shapes-bagnet", checked_layer("shapes-bagnet", ""), [(0, 0)]) == narrow
    assert narrow == [(0, 0, 17, 17)]
