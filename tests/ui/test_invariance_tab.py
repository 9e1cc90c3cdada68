"""What the invariance tab answers, without a browser."""

import csv
import io
import zipfile

import gradio as gr
import pytest

from replearn.data.photos import Photos
from replearn.studies.invariance_build import MODELS
from replearn.ui.invariance_answers import (
    OWN,
    SCENE,
    SHIPPED,
    SUBJECT,
    findings_text,
    levels_answer,
    measure_label,
    table_text,
)
from replearn.ui.invariance_layers_panel import _areas, _moved
from replearn.ui.saving import save_invariance
from replearn.ui.shift_panel import _shifts


@pytest.fixture(scope="module")
def photo():
    return str(Photos().path(2))


def answered(photo, factor, whose, models=("pixels",), dataset="photos"):
    model, *beside = models
    given = [photo, model, "none", dataset, "cat\ndog", factor, whose, 8, beside, False]
    return levels_answer(*given)


def test_the_subject_has_a_curve_a_strip_and_code_that_says_the_same(photo):
    notice, strip, marks, cosine, _, accuracy, note, stamp, code, kept = answered(
        photo, "rotation", SUBJECT
    )
    assert notice is None
    assert "No probability of `pixels`" in note
    assert [caption for _, caption in strip][:2] == ["untouched", "15"]
    assert [one["name"] for one in marks] == ["pixels"]
    line, chance = cosine["traces"]
    assert line["y"][0] == pytest.approx(1, abs=1e-3)
    assert chance["y"] == [0, 0]
    assert len(accuracy["traces"]) == 2
    assert "one picture" in stamp["text"]
    assert "replearn.invariance(" in code
    assert "'rotation'" in code
    compile(code, "code", "exec")
    with zipfile.ZipFile(save_invariance(kept)) as bundle:
        assert set(bundle.namelist()) == {"curves.csv", "pictures.csv", "stamp.json"}
        rows = list(csv.DictReader(io.StringIO(bundle.read("curves.csv").decode())))
    pairs = [(float(r["value"]), float(r["chance"])) for r in rows if r["measure"] == "cosine"]
    drawn = [(value - chance) / (1 - chance) for value, chance in pairs]
    assert drawn[: len(line["y"])] == pytest.approx(line["y"], abs=1e-3)
    assert {row["n"] for row in rows if row["measure"] == "accuracy"} == {"200"}
    assert save_invariance(None) is None


def test_a_photograph_gives_way_to_a_scene_and_says_so(photo):
    notice, *_, stamp, code, _ = answered(photo, "3-D pose", SUBJECT)
    assert "scene 8" in notice
    assert "one scene of shapes" in stamp["text"]
    assert "scene_stack(8)" in answered(photo, "3-D pose", SCENE)[-2]
    assert "scene_stack(8)" in code


def test_what_ships_is_drawn_and_what_does_not_is_named(photo):
    *_, cosine, _, _, _, stamp, code, _ = answered(photo, "rotation", SHIPPED)
    assert len(cosine["traces"]) == len(MODELS) + 1  # and chance
    assert "n = 200" in stamp["text"]
    assert "'shapes'" in code
    assert "under translation-wrap ships" in answered(photo, "translation-wrap", SHIPPED)[0]
    assert "Press measure" in answered(photo, "rotation", OWN)[0]
    assert "picture" in answered(None, "rotation", SUBJECT)[0]


def test_the_button_says_how_long(photo):
    given = [photo, "pixels", "none", "photos", "cat", "scale", OWN, 0, [], False]
    assert measure_label(*given).startswith("measure (about ")


def test_the_table_and_its_sentences_are_there():
    assert "★" in table_text("rescaled")
    assert "**" in findings_text()


def test_layers_are_there_and_a_factor_that_cannot_be_taken_back_says_so():
    marks, figure = _areas("rotation")
    assert len(figure["traces"]) == len(marks) > 1
    said, returned, depth, stamp = _moved("brightness", "shapes-simclr", gr.Progress())
    assert "can't be taken back" in said
    assert len(returned["traces"]) == 5
    assert depth["traces"]
    assert "shapes-simclr" in stamp["text"]
    assert "no feature maps" in _moved("rotation", "pixels", gr.Progress())[0]


def test_the_map_of_shifts_is_made_when_it_is_unfolded(photo):
    progress = gr.Progress()
    assert _shifts(False, photo, "pixels", "cat", "cosine", 0, progress)[0] == gr.skip()
    figure, told, stamp, refused = _shifts(True, photo, "pixels", "cat", "cosine", 1, progress)
    assert len(figure["traces"][0]["z"]) == 15
    assert "nothing is sampled" in told
    assert "15 x 15" in stamp["text"]
    assert refused is None
    assert "picture" in _shifts(True, None, "pixels", "cat", "cosine", 1, progress)[3]
