"""Network dissection, against loops over pictures and pixels; what ships is what is computed."""

import math

import numpy as np
import pytest

from replearn.core.assets import asset_path
from replearn.data import load_dataset
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.render import render_with_masks
from replearn.encoders.registry import load_model
from replearn.studies.answering.layers import checked_layer
from replearn.studies.parts.units import dissection as room
from replearn.studies.parts.units.build_responses import MODELS
from replearn.studies.parts.units.kept_dissections import (
    FOLDER,
    dissection_path,
    shipped_dissection,
    write_dissection,
)

MODEL, LAYER, N = "shapes-supervised", "network.layer3.0", 24
SHAPES = [name for name in MODELS if name.startswith("shapes")]


def last_layer_of(model):
    return load_model(model), checked_layer(model, ""), load_dataset("shapes")


def enlarged(small, side):
    """Bilinear, pixel by pixel: a cell's value stands at its centre, and beyond it at the edge."""
    rows, columns = small.shape
    large = np.zeros((side, side))
    for y in range(side):
        for x in range(side):
            v = min(max((y + 0.5) * rows / side - 0.5, 0), rows - 1)
            u = min(max((x + 0.5) * columns / side - 0.5, 0), columns - 1)
            top, left = int(v), int(u)
            below, right = min(top + 1, rows - 1), min(left + 1, columns - 1)
            a, b = v - top, u - left
            upper = (1 - b) * small[top, left] + b * small[top, right]
            large[y, x] = (1 - a) * upper + a * (
                (1 - b) * small[below, left] + b * small[below, right]
            )
    return large


@pytest.mark.slow
def test_overlaps_are_those_of_loops_over_pictures_and_pixels():
    encoder, data = load_model(MODEL), Shapes(size=N)
    found = room.computed_dissection(encoder, LAYER, data)
    maps = room._maps(encoder, LAYER, data, range(N), room.silent).numpy().astype(np.float32)
    scenes = data.scenes(0, N)
    rendered = render_with_masks(scenes)
    solid = rendered.masks[:, 0].numpy()
    floor = rendered.floor.numpy()
    regions = {
        "solid": solid > 0.5,
        "floor": (1 - solid > 0.5) & floor,
        "backdrop": (1 - solid > 0.5) & ~floor,
    }
    for unit in (3, 40):
        cells = sorted(maps[:, unit].ravel())
        at = (1 - 0.005) * (len(cells) - 1)
        low = math.floor(at)
        level = cells[low] + (at - low) * (cells[low + 1] - cells[low])
        on = [enlarged(maps[i, unit], 64) > level for i in range(N)]
        for c, (factor, value) in enumerate(found.concepts):
            region = value.removeprefix("any ") if factor == "part" else factor
            both, either = [], []
            for i in range(N):
                there = factor == "part" or room.FACTORS[factor][scenes.labels(factor)[i]] == value
                thing = regions.get(region, regions["solid"])[i] & there
                both.append(float((on[i] & thing).sum()))
                either.append(float((on[i] | thing).sum()))
            wanted = sum(both) / sum(either)
            assert found.iou[unit, c] == pytest.approx(wanted, abs=1e-3)
            errors = [(b - wanted * e) ** 2 for b, e in zip(both, either, strict=True)]
            half = 1.96 * math.sqrt(sum(errors)) / sum(either)
            assert found.half_width[unit, c] == pytest.approx(half, abs=2e-3)


def test_masks_are_cut_as_the_network_cuts_pictures():
    data = Shapes(size=4)
    own = room.region_masks(load_model(MODEL), data, np.arange(4))
    assert (own.sum(1) <= 1).all()
    assert own.sum(1).mean() > 0.97  # but for the rim between two things
    cut = room.region_masks(load_model("imagenet"), data, np.arange(4))
    assert cut[:, 0].sum() > own[:, 0].sum()  # its middle 224 of 256 pixels: the solid is larger


@pytest.mark.parametrize("model", SHAPES)
def test_every_table_is_of_these_weights_and_data(model):
    found = shipped_dissection(*last_layer_of(model))
    assert found is not None
    assert found.n == 1000
    assert found.iou.shape == found.half_width.shape
    assert found.iou.shape[1] == len(found.concepts)
    assert 0.03 < found.iou.max() < 1


def test_no_table_is_left_over():
    expected = {dissection_path(*last_layer_of(model)) for model in SHAPES}
    assert set(asset_path(FOLDER).iterdir()) == expected


def test_what_is_damaged_is_computed_anew(monkeypatch, tmp_path):
    encoder, layer, data = last_layer_of(MODEL)
    known = shipped_dissection(encoder, layer, data)
    monkeypatch.setenv("REPLEARN_ASSETS", str(tmp_path))
    path = dissection_path(encoder, layer, data)
    write_dissection(known, path)
    np.testing.assert_array_equal(shipped_dissection(encoder, layer, data).iou, known.iou)
    path.write_bytes(b"cut off")
    assert shipped_dissection(encoder, layer, data) is None


def test_other_data_have_no_masks():
    assert room.overlaps_of("imagenet", "last feature map", load_dataset("photo-crops"), 3) == ()
