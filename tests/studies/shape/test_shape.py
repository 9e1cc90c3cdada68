"""Form against texture: renditions, cue conflict, patches."""

import numpy as np
import pytest
import torch
from PIL import Image

from replearn.core.errors import CapabilityError, InputError
from replearn.data.shapes import World, draw
from replearn.data.shapes import renditions as exact
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.render import render, render_with_masks
from replearn.data.sixteen import NODES, SIXTEEN, members
from replearn.data.wordnet import imagenet_taxonomy
from replearn.distortions import renditions as photographs
from replearn.encoders.small.bagnet import SmallBagNet
from replearn.encoders.small.bagnet_patches import PATCH, STRIDE
from replearn.results.rows.shape import read_shape_rows, write_shape_rows
from replearn.results.shape import RENDITIONS, CueAnswer
from replearn.results.stamp import Stamp
from replearn.studies.shape import shape_bias as study
from replearn.studies.shape.cues import file_cues
from replearn.studies.shape.renditions import RenditionDataset, rendition_accuracy, scene_renditions
from replearn.studies.shape.rows import make_shape_rows, rendition_accuracies, shape_biases
from replearn.studies.shape.shape_bias import count, shape_bias

pytestmark = pytest.mark.slow

SCENES = draw(World(split="test"), np.arange(8))


def test_every_category_has_classes_and_they_lie_below_its_node():
    taxonomy = imagenet_taxonomy()
    found = members()
    assert all(found[name] for name in SIXTEEN)
    everything = [index for name in SIXTEEN for index in found[name]]
    assert len(everything) == len(set(everything))
    for name, indices in found.items():
        for index in indices:
            assert NODES[name] in taxonomy.ancestors(taxonomy.classes[index])
    assert len(found["dog"]) == 118
    assert taxonomy.classes.index("n03770679") not in everything  # a minivan is a car and a truck


def test_files_say_form_and_texture():
    cues = file_cues("cat/cat7-elephant2.png")
    assert (cues.shape, cues.textures, cues.conflict) == ("cat", ("elephant",), True)
    assert not file_cues("dog3-dog1.jpg").conflict
    for name in ("cat.png", "cat7_elephant2.png", "cat7-unicorn2.png"):
        with pytest.raises(InputError, match="cat7-elephant2"):
            file_cues(name)


def test_shape_bias_is_the_share_among_answers_by_either_cue():
    said = ["cat"] * 3 + ["dog"] * 1 + ["boat"] * 6
    answers = [CueAnswer(f"{i}", "cat", ("dog",), one) for i, one in enumerate(said)]
    found = count(answers, Stamp("m", "f", 0.0))
    assert (found.overall.value, found.overall.n) == (0.75, 4)
    assert (found.either.value, found.either.n) == (0.4, 10)
    assert found.by_shape["cat"].n == 4


def test_exact_renditions_come_from_mask_and_scene():
    made = exact.renditions(SCENES, 48)
    assert set(made) == set(RENDITIONS)
    mask = render_with_masks(SCENES, 48).masks[:, 0].numpy()
    assert (made["original"] == render(SCENES, 48).permute(0, 2, 3, 1).numpy()).all()
    silhouette = made["silhouette"][..., 0] / 255
    assert np.abs(silhouette - (1 - mask)).max() < 1 / 255
    assert (made["greyscale"] == made["greyscale"][..., :1]).all()
    edges = made["edges"][..., 0]
    assert set(np.unique(edges)) == {0, 255}
    far = (mask == 0) & (np.roll(mask, -1, 2) == 0) & (np.roll(mask, -1, 1) == 0)
    assert (edges[far] == 255).all()


def test_a_texture_tells_nothing_of_the_solid():
    one = SCENES.take(np.array([1]))
    other = one.vary("solid", [(int(one.solid[0, 0]) + 3) % 8])
    first, second = (exact.renditions(s, 32)["texture"] for s in (one, other))
    assert (first == second).all()


def test_renditions_of_a_photograph_keep_its_size():
    image = Image.fromarray(np.random.default_rng(0).integers(0, 256, (90, 130, 3), np.uint8))
    made = photographs.renditions(image)
    assert list(made) == list(RENDITIONS)
    assert {one.size for one in made.values()} == {(130, 90)}
    assert set(np.unique(np.asarray(made["silhouette"]))) == {0, 255}
    assert made["original"].tobytes() == image.tobytes()
    assert sorted(np.asarray(made["texture"])[:80, :128].ravel()) == sorted(
        np.asarray(image)[:80, :128].ravel()
    )
    flat = photographs.renditions(Image.new("RGB", (20, 20), "red"))
    assert len(np.unique(np.asarray(flat["silhouette"]))) == 1


def test_a_data_set_in_a_rendition_is_the_scenes_own():
    data = Shapes("test", size=70, side=32)
    seen = RenditionDataset(data, "silhouette")
    for row in (0, 69):
        same = scene_renditions(data, row)[RENDITIONS.index("silhouette")].picture
        assert (np.asarray(seen[row].image) == same).all()
    assert seen[3].label == data[3].label
    with pytest.raises(InputError, match="silhouette"):
        RenditionDataset(data, "outline")
    with pytest.raises(InputError, match="one object"):
        RenditionDataset(Shapes(objects=2), "edges")


def test_the_supervised_network_knows_originals_and_not_textures():
    found = {
        one.rendition: one.accuracy
        for one in rendition_accuracy(Shapes("test", size=64), "shapes-supervised")
    }
    assert found["original"].value > 0.9
    assert found["texture"].high < 0.6
    assert all(one.n == 64 for one in found.values())


def test_a_network_trained_without_a_tie_goes_by_form(monkeypatch):
    monkeypatch.setattr(study, "PICTURES", 64)
    found = shape_bias("shapes", "shapes-supervised")
    assert found.overall.value > 0.9
    assert all(one.shape not in one.textures for one in found.answers)


def test_what_has_no_cues_is_refused(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "holiday.png")
    with pytest.raises(InputError, match="doesn't say its form"):
        shape_bias(f"folder:{tmp_path}", "imagenet")
    with pytest.raises((InputError, CapabilityError), match="1,000"):
        shape_bias(f"folder:{tmp_path}", "shapes-supervised")


def test_rows_come_back_and_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(study, "PICTURES", 32)
    monkeypatch.setattr("replearn.studies.shape.rows.PICTURES", 16)
    rows = make_shape_rows(["shapes-supervised"])
    write_shape_rows(rows, tmp_path / "rows.parquet")
    assert read_shape_rows(tmp_path / "rows.parquet") == rows
    assert len(rendition_accuracies(rows)) == len(RENDITIONS)
    assert shape_biases(rows)["shapes-supervised"].overall.value > 0.9
    with pytest.raises(InputError, match="assets"):
        read_shape_rows(tmp_path / "nothing.parquet")


def test_a_bagnets_cell_sees_its_patch_and_nothing_else():
    torch.manual_seed(0)
    network = SmallBagNet(8, 8).eval()
    picture = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        before = network.forward_features(picture)
        assert before.shape == (1, 64, 12, 12)
        changed = picture.clone()
        row, column = 5, 7
        top, left = STRIDE * row, STRIDE * column
        changed[:, :, top : top + PATCH, left : left + PATCH] = 0.5
        kept = picture.clone()
        kept[:] = 0.5
        inside = (slice(None), slice(None), slice(top, top + PATCH), slice(left, left + PATCH))
        kept[inside] = picture[inside]
        assert (network.forward_features(kept)[..., row, column] == before[..., row, column]).all()
        moved = network.forward_features(changed)[..., row, column]
        assert (moved != before[..., row, column]).any()
        votes = network.fc(before.permute(0, 2, 3, 1))
        assert torch.allclose(votes.mean((1, 2)), network(picture), atol=1e-5)


def test_a_class_that_the_model_lacks_is_said_and_not_counted_as_wrong():
    data = Shapes("test", size=4, texture_bias=-1.0)
    for ask in (rendition_accuracy, shape_bias):
        with pytest.raises(InputError, match="missing from imagenet"):
            ask(data, "imagenet")
