"""Features beside neurons: what ships is of the weights; areas are counted as by hand."""

import json

import numpy as np
import pytest

from replearn.cli import main
from replearn.core.auc import auc
from replearn.core.errors import CapabilityError, InputError
from replearn.data.shapes import FACTORS
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.plotting.parts.features import feature_figure, feature_lines, feature_rows
from replearn.studies.parts import feature_factors as room
from replearn.studies.parts.build_features import NAME, SEEDS


def test_what_ships_is_of_the_weights_and_says_what_comes_out():
    found = room.shipped_feature_factors("shapes-clip")
    assert room.shipped_feature_factors(NAME) == found
    assert room.shipped_feature_factors("emoji-clip") is None
    assert len(found.rows) == found.gain.n == sum(map(len, FACTORS.values()))
    assert all(len(row.features) == len(SEEDS) for row in found.rows)
    assert found.gain.value == pytest.approx(
        np.mean([row.feature - row.neuron.value for row in found.rows]), abs=1e-3
    )
    assert ("cleaner than the neurons on average" in found.verdict) == (found.gain.low > 0)
    assert [row[0] for row in feature_rows(found)] == list(FACTORS)
    assert found.verdict in feature_lines(found)
    dots = {trace["name"]: trace["x"] for trace in feature_figure(found)["traces"]}
    assert dots["best neuron"] == [row.neuron.value for row in found.rows]
    encoder = load_model(NAME)
    assert (encoder.base, encoder.place[2][1:]) == ("shapes-clip", (found.latents, found.k))
    assert encoder.dead == found.dead[0]


def test_what_is_no_dictionary_is_one_sentence():
    with pytest.raises(CapabilityError, match="pixels is no dictionary; choose shapes-clip-sae"):
        room.feature_factors(["pixels"])
    with pytest.raises(InputError, match="Name at least one"):
        room.feature_factors([])


@pytest.mark.slow
def test_the_best_units_are_chosen_on_other_pictures_than_they_are_told_on(monkeypatch, capsys):
    monkeypatch.setattr(room, "PICTURES", 120)
    found = room.feature_factors([NAME])
    below, encoder = load_model("shapes-clip"), load_model(NAME)
    fit, test = (Shapes(split, room.SEED, 120) for split in ("train", "test"))
    images = [[data[i].image for i in range(120)] for data in (fit, test)]
    units = [[encoder.outputs(encoder.preprocess(some)) for some in images]]
    units.append([below.encode_image(some) for some in images])
    for row in found.rows:
        number = FACTORS[row.factor].index(row.value)
        known, asked = (data.scenes(0, 120).labels(row.factor) == number for data in (fit, test))
        for (chosen, told), said in zip(units, (row.features[0], row.neuron), strict=True):
            areas = [auc(column, known).value for column in chosen.T]
            best = max(range(len(areas)), key=lambda i: abs(areas[i] - 0.5))
            area = auc(told[:, best], asked).value
            wanted = area if areas[best] >= 0.5 else 1 - area
            assert said.value == pytest.approx(wanted, abs=0.02)  # the engine's own arithmetic
    assert main(["feature-factors", NAME, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["base"] == "shapes-clip"
    assert said["gain"][0] == pytest.approx(found.gain.value, abs=1e-3)
    assert main(["feature-factors", "imagenet"]) == 2
    assert "is no dictionary" in capsys.readouterr().err
