"""Heat maps of every kind of target, several side by side, and what is saved of them."""

import dataclasses
import io
import json

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.colour_maps import COLOUR_MAPS
from replearn.core.errors import CapabilityError, InputError
from replearn.explainers import EXPLAINERS, explainer_class
from replearn.plotting.heat_maps.files import npz_bytes, write_heat_map
from replearn.plotting.heat_value import heat_value
from replearn.results.heat_map import HeatMap
from replearn.results.stamp import Stamp
from replearn.studies.heat_maps import side_by_side as rows
from replearn.studies.heat_maps.explain import explain, explain_growing, layers_of, methods_of
from replearn.studies.heat_maps.occluded import occluded

SMALL = "shapes-supervised"


@pytest.fixture(scope="module")
def shape():
    return replearn.load_dataset("shapes", size=2)[0]


@pytest.fixture(scope="module")
def cheetah():
    photos = replearn.load_dataset("photos")
    return next(photos[i].image for i in range(len(photos)) if photos[i].id == "cheetah1")


def test_a_class_by_name_and_by_number_is_the_same(shape):
    names = replearn.load_model(SMALL).class_names
    by_name = explain(shape.image, names[2], SMALL, "grad-cam")
    by_number = explain(shape.image, "#2", SMALL, "grad-cam")
    np.testing.assert_array_equal(by_name.values, by_number.values)
    assert by_name.layer == "last feature map"
    assert by_name.fingerprint == replearn.load_model(SMALL).fingerprint
    assert by_name.full.shape == by_name.picture.shape[:2]
    logits = replearn.load_model(SMALL).logits([shape.image])[0]
    assert by_name.score == pytest.approx(logits[2], abs=1e-3)


def test_one_against_another_is_the_difference_of_the_two_maps(cheetah):
    both = explain(cheetah, "cheetah", "photo-clip", against="lion")
    first, second = (explain(cheetah, text, "photo-clip") for text in ("cheetah", "lion"))
    np.testing.assert_allclose(both.values, first.values - second.values, atol=1e-5)
    assert both.score == pytest.approx(first.score - second.score, abs=1e-5)
    assert both.usual_colours == "blue to orange"


@pytest.mark.parametrize("model", ["imagenet", "photo-clip", SMALL])
@pytest.mark.slow
def test_the_likeness_to_a_second_picture_adds_up_to_their_cosine(cheetah, model, tmp_path):
    path = tmp_path / "turned.png"
    cheetah.rotate(15).save(path)
    found = explain(cheetah, path, model, "cam")
    vectors = replearn.load_model(model).encode_image([cheetah, cheetah.rotate(15)])
    assert found.score == pytest.approx(float(vectors[0] @ vectors[1]), abs=2e-3)
    if model != "photo-clip":  # its head has a bias, which is no place's
        assert found.values.mean() == pytest.approx(found.score, abs=1e-3)


def test_a_finer_map_has_twice_the_cells_a_side(cheetah):
    plain = explain(cheetah, "cheetah", "photo-clip")
    finer = explain(cheetah, "cheetah", "photo-clip", finer=True)
    assert finer.values.shape == tuple(2 * side for side in plain.values.shape)
    assert "448" in str(finer.stamp)


def test_occlusion_grows_and_ends_in_the_whole_map(shape):
    settings = {"steps": "4", "patch": "0.25"}
    grown = list(explain_growing(shape.image, "#0", SMALL, settings={**settings, "batch": 3}))
    assert len(grown) == 6
    assert np.isnan(grown[0].values).sum() == 13
    whole = explain(shape.image, "#0", SMALL, "occlusion", settings=settings)
    np.testing.assert_allclose(grown[-1].values, whole.values, atol=1e-4)
    grown[0].overlay()  # a half-grown map can be drawn


def test_a_covered_patch_costs_what_the_map_says(shape):
    settings = {"steps": 5, "patch": 0.3, "fill": "blur"}
    found = explain(shape.image, "#1", SMALL, "occlusion", settings=settings)
    one = occluded(shape.image, 3, 2, SMALL, settings=settings)
    fall = one.clean.logits[1] - one.covered.logits[1]
    assert found.values[3, 2] == pytest.approx(float(fall), abs=1e-3)
    assert one.picture.shape == found.picture.shape
    changed = (one.picture != found.picture).any(-1)
    assert 0 < changed.mean() < 0.2
    with pytest.raises(InputError, match="5 x 5"):
        occluded(shape.image, 5, 0, SMALL, settings=settings)


def test_layers_are_named_with_their_shapes_and_can_be_chosen(shape):
    names = [layer.name for layer in layers_of(SMALL)]
    assert names[-1] == "last feature map"
    shallow = explain(shape.image, "#0", SMALL, "layer-cam", settings={"layer": names[0]})
    assert shallow.layer == names[0]
    assert len(shallow.values) > 4
    with pytest.raises(InputError, match="has no layer 'nowhere'"):
        explain(shape.image, "#0", SMALL, "layer-cam", settings={"layer": "nowhere"})


def test_unknown_settings_methods_and_targets_say_what_there_is(shape, cheetah):
    with pytest.raises(InputError, match=r"no setting 'pach'.*Did you mean patch"):
        explain(shape.image, "#0", SMALL, "occlusion", settings={"pach": 1})
    with pytest.raises(InputError, match="it must be a int"):
        explain(shape.image, "#0", SMALL, "rise", settings={"masks": "many"})
    with pytest.raises(InputError, match="8 classes"):
        explain(shape.image, "#8", SMALL)
    with pytest.raises(InputError, match="Did you mean grad-cam"):
        explain(shape.image, "#0", SMALL, "gradcam")
    with pytest.raises(InputError, match=r"is the name of classes #\d+ and #\d+"):
        explain(cheetah, "sunglasses", "imagenet")
    with pytest.raises(InputError, match="Did you mean crane bird, construction crane"):
        explain(cheetah, "crane", "imagenet")
    with pytest.raises(CapabilityError, match="choose grad-cam"):
        explain(shape.image, "#0", SMALL, "attention-rollout")


def test_methods_side_by_side_fit_the_model(shape):
    found = rows.of_methods(shape.image, "#0", SMALL)
    assert {one.method for one in found} <= set(methods_of(SMALL))
    assert len(found) >= 8
    found = rows.of_top_classes(shape.image, (), SMALL, "cam", 3)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    found = rows.of_layers(shape.image, "#0", SMALL, count=3)
    assert [len(one.values) for one in found] == sorted(
        (len(one.values) for one in found), reverse=True
    )


def test_a_contact_sheet_is_ordered_by_score():
    data = replearn.load_dataset("shapes", size=7)
    found = rows.over_pictures(data, "#3", SMALL, "cam", count=5)
    scores = [one.score for _, one in found]
    assert len(found) == 5
    assert scores == sorted(scores, reverse=True)
    with pytest.raises(InputError, match="1 to 500"):
        rows.over_pictures(data, "#3", SMALL, "cam", count=0)


def made(values, **changed):
    picture = np.full((8, 8, 3), 128, np.uint8)
    known = HeatMap(
        np.asarray(values, np.float32), picture, 1.0, "cat", "cam", "last", True, False,
        Stamp("m", "abcdef", 0.1),
    )  # fmt: skip
    return dataclasses.replace(known, **changed)


def test_an_overlay_shows_what_it_should():
    found = made([[0, 1], [-1, 0.5]])
    nothing = np.asarray(found.overlay(opacity=0))
    assert (nothing == found.picture).all()
    assert (np.asarray(found.overlay(threshold=1.0))[6:, :2] == 128).all()
    two = np.asarray(found.overlay(1, "blue to orange")).astype(int)
    assert two[0, -1, 0] > two[0, -1, 2]  # orange where it is positive
    assert two[-1, 0, 2] > two[-1, 0, 0]  # blue where it is negative
    assert found.value_at(0, 7) == pytest.approx(1.0)
    for name in COLOUR_MAPS:
        found.overlay(colours=name)
    with pytest.raises(InputError, match="no colour map 'jet'"):
        found.overlay(colours="jet")
    flat = np.asarray(made(np.zeros((2, 2))).overlay())
    assert np.isfinite(flat).all()


def test_files_hold_the_raw_values_and_where_they_come_from(tmp_path):
    found = made([[0, 1], [2, 3]])
    with np.load(io.BytesIO(npz_bytes(found)), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["values"], found.values)
        assert file["full"].shape == (8, 8)
        stated = json.loads(str(file["stamp"]))
    assert stated["fingerprint"] == "abcdef"
    assert stated["method"] == "cam"
    write_heat_map(found, tmp_path / "a.png")
    assert Image.open(tmp_path / "a.png").size == (8, 8)
    with pytest.raises(InputError, match=r"map\.png"):
        write_heat_map(found, tmp_path / "a.nothing")


def test_the_viewer_gets_the_raw_values():
    import base64

    found = heat_value(made([[0, 1], [2, 3]]), 0.5)
    assert (found["rows"], found["columns"]) == (2, 2)
    raw = np.frombuffer(base64.b64decode(found["values"]), "<f4")
    assert raw.tolist() == [0, 1, 2, 3]
    assert not found["covers"]


def test_the_page_knows_which_methods_have_a_layer():
    from replearn.ui.heat_maps.controls import _KNOBS, LAYERED

    fields = {
        name: {field.name for field in dataclasses.fields(explainer_class(name))}
        for name in EXPLAINERS
    }
    assert {name for name, known in fields.items() if "layer" in known} == LAYERED
    assert all(setting in fields[name] for name, setting, _, _ in _KNOBS)
