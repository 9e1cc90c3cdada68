"""A unit's weights for classes, and the answers without it: two ways that agree."""

import numpy as np
import pytest
import torch

from replearn.core.errors import CapabilityError, InputError
from replearn.core.statistics import mean_of
from replearn.data import load_dataset
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.studies.answering import responses as looked_up
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.responses import computed_responses, responses
from replearn.studies.parts.units import unit_ablation as room
from replearn.studies.parts.units.class_weights import class_weights
from replearn.studies.parts.units.replaced_unit import outputs_with_and_without
from replearn.studies.parts.units.unit import unit

MODEL, UNIT, N = "shapes-supervised", 5, 60


def test_weights_are_the_last_layers_and_what_a_richer_mean_adds():
    encoder = load_model(MODEL)
    found = class_weights(encoder, checked_layer(MODEL, ""), UNIT, ())
    assert {one.name for one in found} == set(encoder.class_names)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    tower = encoder.tower()
    maps = torch.rand(1, 192, 4, 4)
    richer = maps.clone()
    richer[:, UNIT] += 1
    gained = (tower.head(richer) - tower.head(maps))[0]
    for one in found:
        row = encoder.class_names.index(one.name)
        assert one.weight == pytest.approx(float(gained[row]), abs=1e-4)


def test_units_without_a_weight_are_told_so():
    with pytest.raises(CapabilityError, match="Only units of the last layer"):
        class_weights(load_model(MODEL), "network.conv1", 0, ())
    with pytest.raises(CapabilityError, match="Only units of the last layer"):
        class_weights(load_model("shapes-clip"), "network.blocks.3", 0, ("a cube",))


@pytest.fixture
def few(monkeypatch):
    data = Shapes(size=N)
    for module in (looked_up, room):
        monkeypatch.setattr(module, "load_dataset", lambda _name: data)
    monkeypatch.setattr(looked_up, "_kept", {})
    return data


def test_without_a_unit_is_a_forward_pass_with_its_mean_in_its_place(few):
    encoder, layer = load_model(MODEL), checked_layer(MODEL, "")
    found = computed_responses(encoder, layer, few)
    means = room._pooled_outputs(encoder, layer, UNIT, found)
    shown = outputs_with_and_without(encoder, layer, UNIT, few, found)
    for fast, slow in zip(means, shown, strict=True):
        np.testing.assert_allclose(fast, slow, atol=1e-3)
    known = room.without_unit(MODEL, "", UNIT, "shapes")
    truth = few.scenes(0, N).labels("solid")
    before, after = ((one.argmax(1) == truth) for one in shown)
    assert known.before.value == before.mean()
    assert known.after.value == after.mean()
    assert known.change == mean_of(after.astype(float) - before)
    assert known.to_dict()["change"]["n"] == N


@pytest.mark.slow
def test_a_transformers_coordinate_goes_from_every_token(few):
    encoder, layer = load_model("shapes-clip"), "network.blocks.3"
    found = computed_responses(encoder, layer, few)
    whole, without = outputs_with_and_without(encoder, layer, UNIT, few, found)
    block = encoder.tower().trunk.get_submodule(layer)
    pixels = torch.from_numpy(encoder.preprocess([few[i].image for i in range(N)]))
    kept = []
    handle = block.register_forward_hook(lambda _m, _i, out: kept.append(out.clone()))
    with torch.no_grad():
        np.testing.assert_allclose(encoder.tower()(pixels), whole, atol=1e-4)
        handle.remove()
        mean = kept[0].mean(0)
        mean[1:, UNIT] = kept[0][:, 1:, UNIT].mean()

        def swapped(_module, _inputs, out):
            out = out.clone()
            out[:, :, UNIT] = mean[:, UNIT]
            return out

        handle = block.register_forward_hook(swapped)
        slow = encoder.tower()(pixels)
        handle.remove()
    np.testing.assert_allclose(slow, without, atol=1e-3)
    assert np.abs(whole - without).max() > 1e-3
    assert room.without_unit("shapes-clip", layer, UNIT, "shapes").read_by == "prompts"


@pytest.mark.slow
def test_a_unit_says_what_it_weighs_and_what_is_right_without_it():
    found = unit(MODEL, "", UNIT)
    assert len(found.weights) == 8
    assert found.notes == ()
    assert found.ablation.before.value > 0.9
    assert found.ablation.before.n == found.ablation.change.n == 1000
    best = found.overlaps[0]
    assert best.iou.low <= best.iou.value <= best.iou.high
    assert best.iou.value >= found.overlaps[-1].iou.value
    said = found.to_dict()
    assert said["without"]["read_by"] == "its own head"
    assert len(said["overlaps"]) == len(found.overlaps)


def test_a_head_that_doesnt_know_the_classes_says_so():
    encoder, data = load_model("imagenet"), load_dataset("photo-crops")
    found = responses("imagenet", "last feature map", "photo-crops")
    with pytest.raises(InputError, match="missing from imagenet"):
        room.known_without(encoder, "last feature map", 0, data, found)
    encoder, data = load_model("shapes-untrained"), load_dataset("shapes")
    found = responses("shapes-untrained", "network.layer4.0", "shapes")
    with pytest.raises(CapabilityError, match="no classification head"):
        room.known_without(encoder, "network.layer4.0", 0, data, found)
