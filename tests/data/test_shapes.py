"""The rendered world: pure by address, right in its factors, fast."""

import numpy as np
import pytest
import torch

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.data.shapes import FACTORS, World, draw
from replearn.data.shapes.captions import SOLID_WORDS, captions
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.render import render, render_with_masks
from replearn.data.shapes.scenes import held_out_triples
from replearn.data.shapes.shifted import ShapesShifted
from replearn.data.shapes.solids import BOUND, DISTANCES, depth_below
from replearn.data.shapes.vocabulary import BACKDROPS, COLOURS, SOLIDS, TEXTURES


def triples(world: World, count: int) -> np.ndarray:
    scenes = draw(world, np.arange(count))
    return np.stack([scenes.solid, scenes.colour, scenes.texture], -1).reshape(-1, 3)


def test_the_vocabulary_is_large_enough():
    assert len(SOLIDS) >= 8
    assert len(COLOURS) == 8
    assert len(TEXTURES) == 6


def test_a_sample_depends_on_its_address_alone():
    rows = np.array([5, 300, 17, 2_000_000_000])
    for world in (World(), World("shapes-free", "test", 3), World("shapes-easy"), World(objects=2)):
        together = render(draw(world, rows))
        for i, row in enumerate(rows):
            alone = render(draw(world, np.array([row])))[0].int()
            assert int((alone - together[i].int()).abs().max()) <= 1
    one = load_dataset("shapes", split="test", seed=7, size=100)
    again = load_dataset("shapes", split="test", seed=7, size=80)
    other = load_dataset("shapes", split="test", seed=8, size=100)
    assert np.array_equal(np.asarray(one[70].image), np.asarray(again[70].image))
    assert not np.array_equal(np.asarray(one[70].image), np.asarray(other[70].image))
    assert one[70].caption == again[70].caption
    assert one.fingerprint() != other.fingerprint()


def test_held_out_triples_never_occur_elsewhere_and_are_a_fifth():
    held_out = held_out_triples()
    assert held_out.mean() == pytest.approx(0.2, abs=0.01)
    assert (~held_out).any(2).all()  # every pair of solid and colour is seen in training
    for split, expected in (("train", False), ("test", False), ("held-out", True)):
        for bias in (0.0, 1.0, -1.0):
            found = triples(World(split=split, texture_bias=bias), 3000)
            assert (held_out[tuple(found.T)] == expected).all(), (split, bias)


def test_every_value_of_every_factor_is_about_as_frequent_as_any_other():
    scenes = draw(World(), np.arange(20_000))
    for factor, values in FACTORS.items():
        shares = np.bincount(scenes.labels(factor), minlength=len(values)) / 20_000
        assert len(shares) == len(values), factor
        assert shares.min() > 0.7 / len(values), (factor, shares)


def test_a_bias_ties_texture_and_background_to_the_solid():
    def agreement(**bias: float) -> float:
        scenes = draw(World(**bias), np.arange(4000))
        return float((scenes.texture[:, 0] == scenes.solid[:, 0] % len(TEXTURES)).mean())

    assert agreement(texture_bias=1.0) == 1
    assert 0.56 < agreement(texture_bias=0.5) < 0.61
    assert agreement(texture_bias=-1.0) == 0  # cue conflict
    tied = draw(World(background_bias=1.0), np.arange(500))
    assert (tied.backdrop == tied.solid[:, 0] // 2).all()
    assert set(tied.backdrop) == set(range(len(BACKDROPS)))


def test_one_factor_varies_and_the_rest_is_held():
    scene = draw(World(), np.array([3]))
    turned = scene.vary("yaw", [0.0, 40.0, 80.0])
    assert turned.yaw[:, 0].tolist() == [0, 40, 80]
    assert (turned.solid == scene.solid).all()
    assert (turned.light_azimuth == scene.light_azimuth).all()
    pictures = render(turned).int()
    assert (pictures[0] != pictures[1]).any()
    with pytest.raises(InputError, match="Did you mean yaw"):
        scene.vary("jaw", [0])
    moved = render_with_masks(scene.vary("x", [-0.5, 0.5])).masks[:, 0]
    columns = torch.arange(64.0)
    centres = (moved.sum(1) * columns).sum(1) / moved.sum((1, 2))
    assert centres[1] - centres[0] > 10
    rolled = render(scene.vary("roll", [0.0, 90.0])).float()
    assert (rolled[0].rot90(1, (1, 2)) - rolled[1]).abs().mean() < 3 or (
        rolled[0].rot90(-1, (1, 2)) - rolled[1]
    ).abs().mean() < 3


@pytest.mark.parametrize("solid", range(len(SOLIDS)))
def test_marching_agrees_with_a_dense_search_along_the_rays(solid):
    """The mask is where a fine walk along each ray comes inside the solid."""
    distance = DISTANCES[solid]
    steps = torch.linspace(-1.3, 1.3, 1500)
    grid = torch.linspace(-1.213, 1.187, 21)
    y, x = torch.meshgrid(grid, grid, indexing="ij")
    shape = (*x.shape, len(steps))
    x, y, z = (v.expand(shape) for v in (x[..., None], y[..., None], steps))
    inside = distance(x, y, z).amin(-1) < 0
    from replearn.data.shapes.march import NEAR, march

    flat = [x[..., 0].reshape(-1), y[..., 0].reshape(-1), torch.full((441,), -1.3)]
    ray = [torch.zeros(441), torch.zeros(441), torch.ones(441)]
    _, d = march(distance, flat, ray, torch.zeros(441), torch.full((441,), 2.6))
    marched = (d <= NEAR).reshape(21, 21)
    assert (marched == inside).float().mean() > 0.98
    assert float((x**2 + y**2 + z**2)[distance(x, y, z) <= 0].max()) <= BOUND**2


@pytest.mark.parametrize("solid", range(len(SOLIDS)))
def test_a_solid_reaches_as_far_down_as_its_distance_says(solid):
    random = torch.Generator().manual_seed(solid)
    down = torch.nn.functional.normalize(torch.randn(20, 3, generator=random), dim=1)
    points = torch.rand(200_000, 3, generator=random) * 2.4 - 1.2
    inside = points[DISTANCES[solid](*points.unbind(1)) <= 0]
    reach = (inside @ down.T).amax(0)
    said = depth_below(torch.full((20,), solid), down)
    assert (said - reach).abs().max() < 0.12
    assert (said >= reach - 1e-4).all()


def test_shadow_falls_away_from_the_lamp():
    scene = draw(World(), np.array([8])).vary("light_azimuth", [0.0, 180.0])
    bright = render(scene).float().mean(1)
    change = bright[0] - bright[1]  # lit from the right, then from the left
    mask = render_with_masks(scene).masks[0, 0] > 0
    columns = torch.arange(64.0).expand(64, 64)
    middle = float(columns[mask].mean())
    below = torch.zeros(64, 64, dtype=torch.bool)
    below[40:] = True
    left, right = below & ~mask & (columns < middle), below & ~mask & (columns > middle)
    assert change[left].mean() < change[right].mean()


def test_captions_name_the_solid_and_tell_the_truth():
    rows = np.arange(400)
    scenes = draw(World(), rows)
    told, again = captions(scenes, rows, 0), captions(scenes, rows, 0, telling=1)
    assert sum(a != b for a, b in zip(told, again, strict=True)) > 200
    for i, text in enumerate(told):
        assert any(word in text for word in SOLID_WORDS[scenes.solid[i, 0]])
        named = [colour for colour in COLOURS if f" {colour}" in text.replace("blue sky", "sky")]
        assert named in ([], [COLOURS[scenes.colour[i, 0]]]), text
    two = draw(World(objects=2), rows)
    for i, text in enumerate(captions(two, rows, 0)):
        first, relation, second = text.partition(" left of ")
        if not relation:
            second, relation, first = text.partition(" right of ")
        assert relation, text
        left = int(np.argmin(two.x[i]))
        assert COLOURS[two.colour[i, left]] in first
        assert COLOURS[two.colour[i, 1 - left]] in second


def test_two_objects_have_masks_of_their_own():
    rendered = render_with_masks(draw(World(objects=2), np.arange(50)))
    assert rendered.masks.shape == (50, 2, 64, 64)
    assert (rendered.masks.sum((2, 3)) > 30).float().mean() > 0.95
    assert float(rendered.masks.sum(1).max()) <= 1.001


def test_settings_that_cannot_be_are_one_sentence():
    for options, said in (
        ({"spilt": "test"}, "no option 'spilt'.*Did you mean split"),
        ({"split": "tests"}, "Did you mean test"),
        ({"label": "color"}, "Did you mean colour"),
        ({"size": 0}, "The size is 0"),
        ({"side": 4}, "The side is 4"),
        ({"objects": 3}, "1 or 2 objects"),
        ({"seed": -1}, "seed is -1"),
        ({"texture_bias": 2.0}, "from -1 to 1"),
    ):
        with pytest.raises(InputError, match=said):
            load_dataset("shapes", **options)


@pytest.mark.parametrize("name", ["shapes", "shapes-free", "shapes-easy"])
def test_samples_carry_what_the_interface_promises(name):
    data = load_dataset(name, split="test", seed=7, size=10, label="colour")
    sample = data[9]
    assert sample.image.mode == "RGB"
    assert sample.image.size == (64, 64)
    assert data.class_names[sample.label] == sample.meta["colour"]
    assert set(sample.meta) == set(FACTORS)
    assert len({data[i].id for i in range(10)}) == 10
    with pytest.raises(IndexError):
        data[10]


@pytest.mark.slow
def test_samples_far_apart_are_those_of_their_rows():
    for data in (Shapes(size=300), ShapesShifted("new-textures", size=300)):
        rows = [299, 0, 130, 64]
        for row, found in zip(rows, data.samples(rows), strict=True):
            alone = data[row]
            assert (found.id, found.caption, found.meta) == (alone.id, alone.caption, alone.meta)
            assert found.label == alone.label
            assert np.array_equal(np.asarray(found.image), np.asarray(alone.image))
