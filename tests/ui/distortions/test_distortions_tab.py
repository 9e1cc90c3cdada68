"""What the Distortions tab shows, without a browser."""

import itertools

import gradio as gr
import numpy as np
import pytest

import replearn
from replearn.core.question import Question
from replearn.data.photos import Photos
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.distortions.stack import NOTHING, Layer, Stack
from replearn.ui.distortions import curves
from replearn.ui.distortions.about import About
from replearn.ui.distortions.answer import (
    AnswerView,
    answer_bars,
    distorted_image,
    from_box,
    from_slider,
)
from replearn.ui.distortions.controls import (
    distortion_controls,
    kept_with,
    level_at,
    new_range,
)
from replearn.ui.distortions.curves_panel import curves_view
from replearn.ui.distortions.heat_map import heat_map_at
from replearn.ui.distortions.walk import set_out, walk_view
from replearn.ui.frame.question import Asked

pytestmark = pytest.mark.slow

LABELS = ("cheetah", "lion", "tower")
ASKED = Asked(Question(LABELS))


@pytest.fixture(scope="module")
def photo():
    photos = Photos()
    return next(str(photos.path(i)) for i in range(len(photos)) if photos[i].id == "cheetah1")


@pytest.fixture
def about(photo):
    return About(NOTHING, photo, "photo-clip", ASKED)


@pytest.fixture(scope="module")
def view():
    with gr.Blocks():
        controls = distortion_controls()
        return AnswerView(controls, *distorted_image(), *answer_bars(), gr.Code(), walk_view())


@pytest.fixture(scope="module")
def panel():
    with gr.Blocks():
        return curves_view(curves.FIRST_MODELS)


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


def test_slider_and_box_show_the_same(view, about):
    by_slider = from_slider(view, "contrast", 2.5, about, None)
    by_box = from_box(view, "contrast", by_slider[view.controls.level], about, None)
    assert by_box[view.controls.position] == pytest.approx(2.5)
    np.testing.assert_array_equal(by_slider[view.picture], by_box[view.picture])
    rows = by_box[view.answer]["rows"]
    assert {row["label"] for row in rows} == set(LABELS)
    assert sum(row["c"] for row in rows) == pytest.approx(0, abs=1e-5)  # changes of shares
    assert "Clean: cheetah" in by_box[view.answer]["note"]
    assert f"contrast {by_slider[view.controls.level]:g}" in by_box[view.origin]["text"]
    namespace = {}
    exec(by_box[view.code].replace("print", "shown = "), namespace)  # the code on the page
    np.testing.assert_array_equal(namespace["found"].picture, by_box[view.picture])


@pytest.mark.parametrize(
    ("level", "says"), [(None, "Type a level"), (7.0, "from 0 to 1"), (float("nan"), "from 0 to 1")]
)
def test_a_level_that_cannot_be_is_one_sentence(view, about, level, says):
    found = from_box(view, "contrast", level, about, None)
    assert says in found.pop(view.refused)
    assert set(found) <= {view.controls.position}


def test_the_walk_flips_where_the_answer_does_and_is_drawn_on_the_map(view, about):
    walk = view.walk
    said = set_out(walk, "contrast", about, "emoji", "pca", 0.5)
    found, choice = said[walk.walked]
    assert choice is not None  # the map of emoji ships
    assert not said[walk.place].visible
    assert found.clean == "cheetah"
    level = found.levels[found.flip]
    assert f"{level:.3g}" in said[walk.flip]
    again = replearn.distorted_answer(about.picture, "contrast", level, labels=LABELS)
    np.testing.assert_array_equal(again.picture, said[walk.flipped]["value"])
    assert again.changed.top(1)[0][0] == found.predictions[found.flip] != "cheetah"
    figure = from_box(view, "contrast", level, about, said[walk.walked])[walk.canvas]
    path, clean, now = figure["traces"][1:]
    assert said[walk.canvas]["traces"][1] == path
    assert len(path["x"]) == 1 + len(found.levels)
    assert path["x"][1] == pytest.approx(clean["x"][0], abs=1e-4)  # the first level is untouched
    assert now["x"][0] == pytest.approx(path["x"][1 + found.flip], abs=1e-3)


def test_without_a_picture_nothing_is_walked(view):
    nobody = About(NOTHING, None, "photo-clip", ASKED)
    said = set_out(view.walk, "contrast", nobody, "emoji", "pca", 0.5)
    assert said[view.walk.walked] is None
    assert said[view.walk.flip] == ""
    assert "picture" in from_box(view, "contrast", 0.5, nobody, None)[view.refused]


def test_kept_distortions_come_first(view, about):
    stack, level, said, _ = kept_with(NOTHING, "greyscale", 1.0)
    assert stack == Stack((Layer("greyscale", 1.0),))
    assert level == 0.0
    assert "greyscale 1" in said.value
    after = About(stack, about.picture, about.model, about.asked)
    below = from_box(view, "contrast", 1.0, after, None)
    assert np.ptp(below[view.picture].astype(int), axis=2).max() == 0
    assert "Layer('greyscale', 1.0)" in below[view.code]


def test_curves_ship_for_the_first_view_and_name_what_is_missing(panel):
    question = curves.curve_question(curves.FIRST_DATA, "rotation", 90.0, NOTHING)
    found = curves.known(panel, question, curves.FIRST_MODELS)
    assert found[panel.refused] is None
    assert not found[panel.compute].visible
    figure, flips, rows = found[panel.canvas], found[panel.flips], found[panel.table]
    names = [trace.get("name", "") for trace in figure["traces"]]
    assert {*curves.FIRST_MODELS, "chance 0.12"} <= set(names)
    assert sum("published on other data" in name for name in names) == 2
    assert "n = 200" in found[panel.origin]["text"]
    assert flips.count("flip") > len(curves.FIRST_MODELS)
    assert len(found[panel.shown]) == 200 * len(rows)
    rings = [t for t in figure["traces"] if t.get("marker", {}).get("symbol") == "circle-open"]
    assert len(rings) == len(curves.FIRST_MODELS)
    assert all(ring["x"] == [4.0] for ring in rings)


def test_a_level_between_is_computed_for_every_model(panel, tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    models = ["shapes-supervised", "imagenet"]
    question = curves.curve_question("shapes", "rotation", 72.0, NOTHING)
    before = curves.known(panel, question, models)
    assert "missing from imagenet" in before[panel.refused]
    *_, last = curves.computed(panel, [72.0], models, question)
    rows = last[panel.table]
    assert any(row[:2] == ["shapes-supervised", "72"] for row in rows)
    exact = replearn.robustness("shapes", "shapes-supervised", "rotation", [72.0])
    found = next(row for row in rows if row[1] == "72")
    assert found[2] == f"{exact.points[0].accuracy.value:.2f}"


def test_a_stack_ships_nothing_and_says_how_long_it_takes(panel, tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    stack = Stack((Layer("greyscale", 1.0),))
    question = curves.curve_question("shapes", "contrast", 0.5, stack)
    found = curves.known(panel, question, ["shapes-supervised"])
    assert found[panel.shown] == ()
    assert found[panel.compute].visible
    assert "shapes-supervised (about" in found[panel.compute].value
    drawings = curves.computed(panel, [0.5], ["shapes-supervised"], question)
    first = next(itertools.islice(drawings, 1, None))
    assert {trial.distortion for trial in first[panel.shown]} == {"greyscale 1, contrast"}


def test_the_heat_map_follows(about):
    asked = (about.kept, about.picture, about.model, about.asked)
    value = heat_map_at("contrast", 0.3, *asked)
    assert "cheetah" in value["label"]
    other = heat_map_at("contrast", 0.05, *asked)
    assert other["values"] != value["values"]
