"""Invariance: exact facts about encoders that are simple enough to know the answer."""

import math

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from replearn.core.errors import CapabilityError, InputError, StoppedError
from replearn.data import load_dataset
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.pixels import Pixels64
from replearn.encoders.registry import load_model
from replearn.encoders.tower import ImageTower
from replearn.explainers.feature_maps import blocks, feature_maps
from replearn.results.invariance import EMBEDDING, area, rescaled
from replearn.studies.invariance import equivariance as equivariance_study
from replearn.studies.invariance import invariance as study
from replearn.studies.invariance.equivariance import equivariance
from replearn.studies.invariance.factors import FACTORS
from replearn.studies.invariance.invariance import InvarianceOptions, invariance
from replearn.studies.invariance.models_at_work import chance_cosine
from replearn.studies.invariance.pictures import others, scene_stack, some_pictures
from replearn.studies.invariance.shift_map import shift_map

pytestmark = pytest.mark.slow


class MeanColour(Pixels64):
    """Moves with the picture's mean colour and with nothing else."""

    def __init__(self):
        super().__init__()
        self.name = self.fingerprint = "mean-colour"

    def outputs(self, pixels):
        return pixels.mean((2, 3))

    def embed_pixels(self, pixels):
        vectors = self.outputs(pixels)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Constant(MeanColour):
    """Answers the same for everything."""

    def outputs(self, pixels):
        return np.ones((len(pixels), 3), np.float32)


class Convolution(Pixels64):
    """One plain convolution, stride 1."""

    def tower(self):
        torch.manual_seed(0)
        trunk = nn.Sequential(nn.Sequential(nn.Conv2d(3, 8, 3, padding=1)))
        return ImageTower(trunk.requires_grad_(False), nn.Flatten(), spatial=True, linear=None)


class Round(Convolution):
    """A convolution whose window looks the same after a quarter turn."""

    def tower(self):
        tower = super().tower()
        weight = tower.trunk[0][0].weight
        weight.copy_(sum(torch.rot90(weight, k, (2, 3)) for k in range(4)) / 4)
        return tower


@pytest.fixture
def known(monkeypatch):
    """Open the encoders above by name."""
    made = {
        "mean-colour": MeanColour,
        "constant": Constant,
        "convolution": Convolution,
        "round": Round,
    }

    def opened(name):
        return made[name]() if name in made else load_model(name)

    monkeypatch.setattr(study, "load_model", opened)
    monkeypatch.setattr(equivariance_study, "load_model", opened)


FEW = InvarianceOptions(n=12, fit=64)


def test_the_area_of_known_curves():
    assert area([1, 1, 1], [0, 1, 7]) == 1
    assert area([1, 0], [2, 4]) == 0.5
    assert area([1, 0, 0], [0, 1, 2]) == 0.25
    both = area([[1, 1], [1, 0]], [0, 10])
    assert both.tolist() == [1, 0.5]


def test_areas_are_rescaled_between_chance_and_one():
    assert rescaled([1.0, 0.6, 0.2], 0.2) == pytest.approx([1, 0.5, 0])
    assert rescaled([1.0, 0.99], 1.0).tolist() == [0, 0]


def test_chance_is_the_mean_over_all_pairs():
    rows = np.random.default_rng(0).normal(size=(9, 5)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    slow = [rows[i] @ rows[j] for i in range(9) for j in range(9) if i != j]
    assert chance_cosine(rows) == pytest.approx(np.mean(slow), abs=1e-6)


def test_an_encoder_that_ignores_place_is_fully_invariant_to_a_wrapped_shift(known):
    found = invariance("shapes", "translation-wrap", ["mean-colour", "pixels"], FEW)
    ignoring, pixels = found.embeddings
    assert ignoring.area.value == pytest.approx(1, abs=1e-5)
    assert ignoring.rescaled.value == pytest.approx(1, abs=1e-4)
    assert pixels.cosine[0].value == pytest.approx(1, abs=1e-6)
    assert pixels.cosine[-1].value < 0.8
    assert pixels.area.value < 0.9
    assert pixels.area.low < pixels.area.value < pixels.area.high
    assert pixels.area.n == 12


def test_an_encoder_that_answers_the_same_for_everything_gets_no_credit(known):
    found = invariance("shapes", "rotation", ["constant"], FEW).curves[0]
    assert found.area.value == pytest.approx(1)
    assert found.chance == pytest.approx(1)
    assert found.rescaled.value == 0
    assert found.rescaled.high == 0


def test_the_untouched_picture_is_as_the_data_set_has_it_and_the_probe_has_not_seen_it():
    data = Shapes("test", 7, 10)
    found = some_pictures(data, 10, 0)
    exact = np.asarray(data[4].image, np.float32) / 255
    assert np.abs(found.stack.values[4] - exact).max() < 1e-6
    assert found.labels.tolist() == [data[i].label for i in range(10)]
    fit, rows = others(data, 10, 0, 2000)
    assert fit.world != data.world
    assert len(rows) == 2000
    emoji = load_dataset("emoji")
    same, rows = others(emoji, 100, 3, 500)
    assert same is emoji
    ids = set(some_pictures(emoji, 100, 3).ids)
    assert not ids & {emoji[row].id for row in rows[:300]}


def test_answers_and_accuracies_agree_with_the_trials():
    options = InvarianceOptions(levels=(0.0, 90.0), n=40, fit=400)
    found = invariance("shapes", "rotation", ["shapes-supervised"], options)
    trial, curve = found.trials[0], found.curves[0]
    assert curve.accuracy[0].value == trial.correct[:, 0].mean()
    assert curve.accuracy[0].value > 0.8
    assert curve.accuracy[0].value > curve.accuracy[1].value
    assert curve.accuracy_area.value == pytest.approx(trial.correct.mean())
    assert (trial.probabilities[:, 0] > 1 / 8).all()
    assert curve.chance_accuracy == 1 / 8
    rows = found.rows()
    assert len(rows) == 80
    assert rows[1]["cosine"] == trial.cosines[0, 1]


def test_a_level_that_leaves_the_picture_alone_changes_nothing_whatever_the_factor():
    stack = scene_stack(8)  # a pyramid
    for factor in FACTORS.values():
        assert factor.identity in factor.levels
        assert list(factor.levels) == sorted(factor.levels)
        assert factor.at(stack, factor.identity) is stack.values
        far = factor.at(stack, factor.levels[-2])
        assert far.shape == stack.values.shape
        assert np.abs(far - stack.values).mean() > 0.005, factor.name


def test_a_full_turn_of_lamp_and_object_is_the_scene_itself():
    stack = scene_stack(3)
    for name in ("light direction", "3-D pose", "3-D lean"):
        again = FACTORS[name].at(stack, 360.0)
        assert np.abs(again - stack.values).max() <= 2.5 / 255, name


def test_one_picture_is_measured_by_its_own_answers_and_with_the_chance_of_others():
    photos = load_dataset("photos")
    options = InvarianceOptions(labels=("cheetah", "tower"), reference="photos")
    found = invariance(photos[2].image, "brightness", ["photo-clip", "pixels"], options)
    clip, pixels = found.curves
    assert clip.cosine[found.curves[0].levels.index(1.0)].value == pytest.approx(1, abs=1e-5)
    assert clip.probability[clip.levels.index(1.0)].value > 0.5
    assert math.isnan(clip.area.low)
    assert pixels.probability == ()
    assert "head" in pixels.reader
    assert clip.chance < 0.9
    assert "chance between pictures of photos" in str(found.stamp)


def test_layers_run_from_shallow_to_deep_and_leave_no_hook():
    encoder = load_model("shapes-simclr")
    options = InvarianceOptions(levels=(0.0, 0.125), n=6, fit=64, layers=True)
    found = invariance("shapes", "translation", ["shapes-simclr"], options)
    names = [curve.layer for curve in found.layers("shapes-simclr")]
    assert [name.split(".")[1] for name in names] == ["conv1", *(f"layer{i}" for i in range(1, 5))]
    assert all(0 < curve.chance < 1 for curve in found.curves)
    tower = encoder.tower()
    assert not any(module._forward_hooks for module in tower.modules())
    pixels = torch.from_numpy(encoder.preprocess([Image.new("RGB", (64, 64))]))
    maps = feature_maps(tower, names, pixels)
    assert torch.equal(maps[names[-1]], tower.features(pixels))
    assert blocks(load_model("pixels").tower(), pixels) == ()


def test_a_plain_convolution_moves_with_the_picture(known):
    found = equivariance("shapes", "translation", "convolution", n=5)
    layer = found.layers[0]
    assert (layer.rows, layer.columns) == (64, 64)
    for level, returned in zip(layer.levels, layer.returned, strict=True):
        assert returned.value == pytest.approx(1, abs=1e-5), level
    assert layer.standing[-1].value < 0.98
    assert layer.rescaled.value == pytest.approx(1, abs=1e-4)


def test_a_stride_breaks_equivariance_between_its_steps():
    found = equivariance("shapes", "translation", "shapes-simclr", (0, 1 / 64, 1 / 4), n=10)
    deep = found.layers[-1]
    assert deep.rows == 4
    assert deep.returned[1].value < 0.999  # a sixteenth of a step
    whole = found.layers[1]  # its step is two pixels: a quarter of the width is sixteen
    assert whole.returned[2].value > 0.99
    assert whole.standing[2].value < whole.returned[2].value


def test_turning_the_map_back_goes_the_right_way(known):
    angles = (-90.0, 0.0, 45.0, 90.0, 180.0)
    turned = equivariance("shapes", "rotation", "round", angles, n=5).layers[0]
    for angle in (-90.0, 90.0, 180.0):
        at = angles.index(angle)
        assert turned.returned[at].value == pytest.approx(1, abs=1e-5), angle
        assert turned.standing[at].value < 0.99
    assert turned.standing[2].value < turned.returned[2].value < 1


def test_the_map_of_shifts_has_the_picture_itself_in_the_middle():
    picture = load_dataset("photos")[2].image
    found = shift_map(picture, "shapes-supervised", step=2, places=5)
    assert found.offsets == (-4, -2, 0, 2, 4)
    assert found.cosines[2, 2] == pytest.approx(1, abs=1e-5)
    assert found.cosines.max() <= 1 + 1e-5
    assert found.stride == 16
    assert found.same[2, 2]
    assert found.probabilities[2, 2] == found.probabilities.flat[12]
    plain = shift_map(picture, "pixels", places=3)
    assert plain.stride == 1
    assert plain.probabilities is None


def test_the_map_of_shifts_moves_right_and_down():
    """The brightest column stays the same when a lone white pixel moves down."""
    dark = np.full((64, 64, 3), 0, np.uint8)
    dark[10, 20] = 255
    encoder = load_model("pixels")
    found = shift_map(Image.fromarray(dark), "pixels", step=1, places=3)
    moved = np.full((64, 64, 3), 128, np.uint8)
    moved[:, 1:] = dark[:, :-1]
    exact = (
        encoder.encode_image([Image.fromarray(moved)])[0]
        @ encoder.encode_image([Image.fromarray(dark)])[0]
    )
    assert found.cosines[1, 2] == pytest.approx(exact, abs=2e-3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("shapes", "rotatoin", ["pixels"]), "Did you mean rotation"),
        (("shapes", "rotation", []), "at least one model"),
        (("shapes", "rotation", ["pixel"]), "Did you mean pixels"),
        (("shapes", "rotation", ["pixels"], InvarianceOptions(levels=(9999.0,))), "rotation"),
        (("shapes", "scale", ["pixels"], InvarianceOptions(levels=(1.0,))), "two levels"),
        (("shapes", "3-D pose", ["pixels"], InvarianceOptions((math.nan,))), "degrees"),
        (("shapes", "rotation", ["pixels"], InvarianceOptions(n=1)), "at least 2"),
        (("no-such-file.jpg", "rotation", ["pixels"]), "no file called no-such-file"),
        (
            ("emoji", "light direction", ["pixels"], InvarianceOptions(n=5, fit=64)),
            "scene is known",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(arguments, said):
    with pytest.raises(InputError, match=said):
        invariance(*arguments)


def test_what_cannot_be_moved_back_says_so():
    with pytest.raises(InputError, match="translation or rotation"):
        equivariance(factor="brightness")
    with pytest.raises(CapabilityError, match="shapes-simclr"):
        equivariance(model="pixels")
    with pytest.raises(InputError, match="odd"):
        shift_map(Image.new("RGB", (8, 8)), "pixels", places=4)
    with pytest.raises(InputError, match="leads out"):
        shift_map(Image.new("RGB", (8, 8)), "pixels", step=40)


def test_it_stops_when_told(known):
    def stop(done, total, what):
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        invariance(load_dataset("photos")[0].image, "scale", ["pixels"], progress=stop)


def test_the_embedding_is_named():
    found = invariance(scene_stack(1), "3-D pose", ["pixels"])
    assert found.curves[0].layer == EMBEDDING
    assert found.dataset == "one scene of shapes"


def test_one_icon_among_photographs_does_not_shrink_them(tmp_path):
    random = np.random.default_rng(0)
    for number, side in enumerate((8, 120, 120, 120, 120)):
        values = random.integers(0, 256, (side, side, 3), dtype=np.uint8)
        Image.fromarray(values).save(tmp_path / f"{number}.png")
    found = some_pictures(load_dataset(f"folder:{tmp_path}"), 5, 0)
    assert found.stack.values.shape[1:3] == (120, 120)


def test_shifted_scenes_can_be_measured():
    options = InvarianceOptions(levels=(0.0, 0.1), n=4, fit=16)
    found = invariance("shapes-shifted:new-light", "translation", ("pixels",), options)
    assert found.curves[0].cosine[0].n == 4
