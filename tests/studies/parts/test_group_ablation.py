"""Groups of heads taken off: what ships is what is computed, and it is paired."""

import json

import numpy as np
import pytest

from replearn.cli import main
from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.statistics import mean_of
from replearn.data.shapes.dataset import Shapes
from replearn.plotting.parts.tables import ablation_lines
from replearn.studies.parts import group_ablation as room
from replearn.studies.parts.head_table import head_states_of

MODEL = "shapes-clip"


def test_what_ships_is_of_the_weights_and_can_be_read():
    found = room.shipped_group_ablation(MODEL)
    assert {(row.group, row.asked) for row in found.rows} == {
        (group, asked) for group in ("carriers", "others") for asked in ("colour", "solid")
    }
    assert all(row.change.low <= row.change.value <= row.change.high for row in found.rows)
    carriers, others = ablation_lines(found)
    assert "carry colour most (layer" in carriers
    assert "carry colour least (layer" in others
    assert room.shipped_group_ablation("emoji-clip") is None


def test_what_cannot_be_is_one_sentence():
    with pytest.raises(InputError, match="Prompts can't ask for 'light'"):
        room.group_ablation("light")
    with pytest.raises(InputError, match="heads off, not 100"):
        room.group_ablation(count=100)


@pytest.mark.slow
def test_a_group_is_taken_off_as_its_heads_one_by_one(monkeypatch, capsys):
    monkeypatch.setattr(room, "MOST", 60)
    found = room.group_ablation("colour", 2)
    table = head_states_of(MODEL, Shapes("test", room.SEED, 60))
    encoder = room.load_model(MODEL)
    for row in found.rows:
        classes = room._classes(encoder, row.asked)
        truth = Shapes("test", room.SEED, 60).scenes(0, 60).labels(row.asked)
        right = []
        for i in range(60):
            left = table.vectors[i] * table.lengths[i]
            for layer, head in row.heads:
                each = table.outputs(layer, head) * table.lengths[:, None]
                left = left - each[i] + each.mean(0)
            before = int(np.argmax(classes @ table.vectors[i])) == truth[i]
            right.append((int(np.argmax(classes @ left)) == truth[i]) - float(before))
        assert row.change == mean_of(right)
    assert main(["head-factors", "--without", "solid", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["factor"] == "solid"
    assert asset_path("parts", f"{MODEL}-ablation.json").is_file()
