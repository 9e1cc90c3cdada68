"""What the Distortions tab shows, without a browser."""

import itertools

import numpy as np
import pytest

import replearn
from replearn.data.photos import Photos
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.distortions.stack import NOTHING, Layer, Stack
from replearn.ui import distortion_curves as curves
from replearn.ui import distortion_subject as seen
from replearn.ui.distortion_controls import kept_with, level_at, new_range
from replearn.ui.distortion_heat_map import heat_map_at

LABELS = "cheetah\nlion\ntower"


@pytest.fixture(scope="module")
def photo():
    photos = Photos()
    return next(str(photos.path(i)) for i in range(len(photos)) if photos[i].id == "cheetah1")


@pytest.fixture
def asked(photo):
    return NOTHING, photo, "photo-clip", LABELS


@pytest.mark.parametrize("kind", DISTORTIONS)
def test_the_slider_stands_at_levels_that_can_be(kind):
    method = load_distortion(kind)
    slider, level, unit = new_range(kind)
    assert slider.maximum == len(method.levels) - 1
    assert method.unit in unit
    for position in np.linspace(0, slider.maximum, 31):
        method.check(level_at(kind, position))
    assert level == level_at(kind, slider.value)
    assert level_at(kind, 0) == method.identity_level


def test_slider_and_box_show_the_same(asked):
    level, *by_slider = seen.from_slider(None, "contrast", 2.5, *asked)
    position, *by_box = seen.from_box(None, "contrast", level, *asked)
    assert position == pytest.approx(2.5)
    np.testing.assert_array_equal(by_slider[0], by_box[0])
    rows = by_box[1]["rows"]
    assert {row["label"] for row in rows} == set(LABELS.split())
    assert sum(row["c"] for row in rows) == pytest.approx(0, abs=1e-5)  # changes of shares
    assert "Clean: cheetah" in by_box[1]["note"]
    assert f"contrast {level:g}" in by_box[2]["text"]
    namespace = {}
    exec(by_box[3].replace("print", "shown = "), namespace)  # the code that the page shows
    np.testing.assert_array_equal(namespace["found"].picture, by_box[0])


@pytest.mark.parametrize(
    ("level", "says"), [(None, "Type a level"), (7.0, "from 0 to 1"), (float("nan"), "from 0 to 1")]
)
def test_a_level_that_cannot_be_is_one_sentence(asked, level, says):
    assert says in seen.from_box(None, "contrast", level, *asked)[5]


def test_the_walk_flips_where_the_answer_does_and_is_drawn_on_the_map(asked):
    walked, text, flipped, button = seen.set_out("contrast", *asked, "emoji", "pca")
    found, choice = walked
    assert choice is not None  # the map of emoji ships
    assert not button.visible
    assert found.clean == "cheetah"
    level = found.levels[found.flip]
    assert f"{level:.3g}" in text
    again = replearn.distorted_answer(asked[1], "contrast", level, labels=LABELS.split())
    np.testing.assert_array_equal(again.picture, flipped)
    assert again.changed.top(1)[0][0] == found.predictions[found.flip] != "cheetah"
    figure = seen.from_box(walked, "contrast", level, *asked)[6]
    path, clean, now = figure["traces"][1:]
    assert len(path["x"]) == 1 + len(found.levels)
    assert path["x"][1] == pytest.approx(clean["x"][0], abs=1e-4)  # the first level is untouched
    assert now["x"][0] == pytest.approx(path["x"][1 + found.flip], abs=1e-3)


def test_kept_distortions_come_first(asked):
    stack, position, level, said, _ = kept_with(NOTHING, "greyscale", 1.0)
    assert stack == Stack((Layer("greyscale", 1.0),))
    assert (position, level) == (0.0, 0.0)
    assert "greyscale 1" in said.value
    below = seen.from_box(None, "contrast", 1.0, stack, *asked[1:])
    assert np.ptp(below[1].astype(int), axis=2).max() == 0
    assert "Layer('greyscale', 1.0)" in below[4]


def test_curves_ship_for_the_first_view_and_name_what_is_missing():
    figure, origin, flips, refused, rows, trials, button, _ = curves.known(
        curves.FIRST_MODELS, curves.FIRST_DATA, "rotation", 90.0, NOTHING
    )
    assert refused is None
    assert not button.visible
    names = [trace.get("name", "") for trace in figure["traces"]]
    assert {*curves.FIRST_MODELS, "chance 0.12"} <= set(names)
    assert sum("published on other data" in name for name in names) == 2
    assert "n = 200" in origin["text"]
    assert flips.count("flip") > len(curves.FIRST_MODELS)
    assert len(trials) == 200 * len(rows)
    rings = [t for t in figure["traces"] if t.get("marker", {}).get("symbol") == "circle-open"]
    assert len(rings) == len(curves.FIRST_MODELS)
    assert all(ring["x"] == [4.0] for ring in rings)


def test_a_level_between_is_computed_for_every_model(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    models = ["shapes-supervised", "imagenet"]
    before = curves.known(models, "shapes", "rotation", 72.0, NOTHING)
    assert "missing from imagenet" in before[3]
    question = curves.curve_question("shapes", "rotation", 72.0, NOTHING)
    *_, last = curves.computed([72.0], models, question)
    assert any(row[:2] == ["shapes-supervised", "72"] for row in last[4])
    exact = replearn.robustness("shapes", "shapes-supervised", "rotation", [72.0])
    found = next(row for row in last[4] if row[1] == "72")
    assert found[2] == f"{exact.points[0].accuracy.value:.2f}"


def test_a_stack_ships_nothing_and_says_how_long_it_takes(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    stack = Stack((Layer("greyscale", 1.0),))
    *_, trials, button, stop = curves.known(["shapes-supervised"], "shapes", "contrast", 0.5, stack)
    assert trials == ()
    assert button.visible
    assert stop.visible
    assert "shapes-supervised (about" in button.value
    question = curves.curve_question("shapes", "contrast", 0.5, stack)
    first = next(itertools.islice(curves.computed([0.5], ["shapes-supervised"], question), 1, None))
    assert {trial.distortion for trial in first[5]} == {"greyscale 1, contrast"}


def test_the_heat_map_follows(asked):
    kept, *rest = asked
    value, refused = heat_map_at(True, "contrast", 0.3, kept, *rest)
    assert refused is None
    assert "cheetah" in value["label"]
    other, _ = heat_map_at(True, "contrast", 0.05, kept, *rest)
    assert other["values"] != value["values"]
