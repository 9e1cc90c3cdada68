"""What the invariance tab answers, without a browser."""

import csv
import io
import zipfile

import gradio as gr
import pytest

from replearn.core.question import Question
from replearn.data.photos import Photos
from replearn.studies.invariance.build import MODELS
from replearn.ui.frame.question import Asked
from replearn.ui.frame.saving import save_invariance
from replearn.ui.invariance.asked import OWN, SCENE, SHIPPED, SUBJECT, measure_label
from replearn.ui.invariance.asked import Asked as TabAsked
from replearn.ui.invariance.shipped import findings_text, table_text

CAT = Asked(Question(("cat",)))


@pytest.fixture(scope="module")
def photo():
    return str(Photos().path(2))


@pytest.fixture
def answered(answer, photo):
    def asked(factor, whose, picture=photo):
        question = Asked(Question(("cat", "dog")))
        given = [picture, "pixels", "none", "photos", question, factor, whose, 8, [], False, None]
        return answer("levels", *given)

    return asked


def test_the_subject_has_a_curve_a_strip_and_code_that_says_the_same(answered):
    found = answered("rotation", SUBJECT)
    assert found["invariance-notice"] is None
    assert found["invariance-told"] is None
    assert "No probability of `pixels`" in found["invariance-note"]
    strip = [caption for _, caption in found["invariance-strip"]]
    assert strip[:2] == ["untouched", "15"]
    assert [one["name"] for one in found["invariance-legend"]] == ["pixels"]
    line, chance = found["invariance-cosine"]["traces"]
    assert line["y"][0] == pytest.approx(1, abs=1e-3)
    assert chance["y"] == [0, 0]
    assert len(found["invariance-accuracy"]["traces"]) == 2
    assert "one picture" in found["invariance-stamp"]["text"]
    code = found["invariance-code"]
    assert "replearn.invariance(" in code
    assert "'rotation'" in code
    compile(code, "code", "exec")
    with zipfile.ZipFile(save_invariance(found["state"].found)) as bundle:
        assert set(bundle.namelist()) == {"curves.csv", "pictures.csv", "stamp.json"}
        rows = list(csv.DictReader(io.StringIO(bundle.read("curves.csv").decode())))
    pairs = [(float(r["value"]), float(r["chance"])) for r in rows if r["measure"] == "cosine"]
    drawn = [(value - chance) / (1 - chance) for value, chance in pairs]
    assert drawn[: len(line["y"])] == pytest.approx(line["y"], abs=1e-3)
    assert {row["n"] for row in rows if row["measure"] == "accuracy"} == {"200"}
    assert save_invariance(None) is None


@pytest.mark.slow
def test_a_photograph_gives_way_to_a_scene_and_says_so(answered):
    found = answered("3-D pose", SUBJECT)
    assert "scene 8" in found["invariance-told"]
    assert "one scene of shapes" in found["invariance-stamp"]["text"]
    assert "scene_stack(8)" in found["invariance-code"]
    assert "scene_stack(8)" in answered("3-D pose", SCENE)["invariance-code"]


def test_what_ships_is_drawn_and_what_does_not_is_named(answered):
    found = answered("rotation", SHIPPED)
    assert len(found["invariance-cosine"]["traces"]) == len(MODELS) + 1  # and chance
    assert "n = 200" in found["invariance-stamp"]["text"]
    assert "'shapes'" in found["invariance-code"]
    missing = answered("translation-wrap", SHIPPED)
    assert "under translation-wrap ships" in missing["invariance-notice"]
    assert "Press measure" in answered("rotation", OWN)["invariance-notice"]
    assert "picture" in answered("rotation", SUBJECT, picture=None)["invariance-notice"]


def test_an_answer_that_is_refused_leaves_the_curves_and_shows_the_controls(answered):
    found = answered("rotation", OWN)
    controls = {"invariance-measure", "invariance-own", "invariance-scene"}
    assert set(found) == {"invariance-notice", *controls}
    assert found["invariance-measure"].startswith("measure (about ")
    assert found["invariance-own"]["visible"]


def test_the_button_says_how_long(photo):
    given = [photo, "pixels", "none", "photos", CAT, "scale", OWN, 0, [], False]
    assert measure_label(TabAsked(*given)).startswith("measure (about ")


def test_the_table_and_its_sentences_are_there():
    assert "★" in table_text("rescaled")
    assert "**" in findings_text()


def test_layers_are_there_and_a_factor_that_cannot_be_taken_back_says_so(answer):
    found = answer("areas", "rotation")
    assert len(found["layers-areas"]["traces"]) == len(found["layers-legend"]) > 1
    found = answer("moved", "brightness", "shapes-simclr", gr.Progress())
    assert "can't be taken back" in found["layers-told"]
    assert len(found["layers-returned"]["traces"]) == 5
    assert found["layers-depth"]["traces"]
    assert "shapes-simclr" in found["layers-stamp"]["text"]
    refused = answer("moved", "rotation", "pixels", gr.Progress())
    assert "no feature maps" in refused["layers-notice"]


def test_the_map_of_shifts_is_made_when_it_is_unfolded(answer, photo):
    progress = gr.Progress()
    found = answer("shifts", photo, "pixels", CAT, "cosine", 1, progress)
    assert len(found["shifts-map"]["traces"][0]["z"]) == 15
    assert "nothing is sampled" in found["shifts-told"]
    assert "15 x 15" in found["shifts-stamp"]["text"]
    assert found["shifts-notice"] is None
    refused = answer("shifts", None, "pixels", CAT, "cosine", 1, progress)
    assert "picture" in refused["shifts-notice"]
