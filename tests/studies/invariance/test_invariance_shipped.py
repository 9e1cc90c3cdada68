"""The shipped table: made, kept, read, and said in sentences."""

import json

import pytest

from replearn.cli import main
from replearn.core.errors import InputError
from replearn.core.statistics import Estimate
from replearn.encoders.registry import load_model
from replearn.plotting.invariance.equivariance_figures import (
    depth_figure,
    returned_figure,
    shift_figure,
)
from replearn.plotting.invariance.level_figures import layer_figure, level_figure
from replearn.plotting.invariance.table import MEASURES, invariance_table, marked
from replearn.plotting.model_styles import legend_value, model_styles
from replearn.studies.invariance.build import LAB, MODELS, build_invariance
from replearn.studies.invariance.equivariance import MOVES
from replearn.studies.invariance.factors import FACTORS, TABLE
from replearn.studies.invariance.findings import findings
from replearn.studies.invariance.invariance import InvarianceOptions
from replearn.studies.invariance.shift_map import shift_map
from replearn.studies.invariance.shipped_table import read_invariance, shipped_invariance_path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shipped():
    return read_invariance()


def test_the_file_has_every_model_under_every_factor_with_n_and_interval(shipped):
    assert tuple(shipped.factors) == TABLE
    for name, one in shipped.factors.items():
        assert {curve.model for curve in one.embeddings} >= set(MODELS), name
        for curve in one.embeddings:
            assert curve.levels == tuple(map(float, FACTORS[name].levels))
            assert curve.rescaled.n == shipped.n == 200
            assert curve.rescaled.low <= curve.rescaled.value <= curve.rescaled.high
            untouched = curve.levels.index(FACTORS[name].identity)
            assert curve.cosine[untouched].value == pytest.approx(1, abs=1e-3)
            assert len(curve.accuracy) == len(curve.levels)
    assert set(shipped.moves) >= {(move, model) for move in MOVES for model in LAB}
    assert shipped_invariance_path().stat().st_size < 400_000


def test_the_file_is_of_the_weights_that_ship(shipped):
    for curve in shipped.factors["rotation"].embeddings:
        assert curve.fingerprint == load_model(curve.model).fingerprint, curve.model


def test_training_beats_pixels_and_no_training_where_the_answer_is_right(shipped):
    clean = {}
    for curve in shipped.factors["rotation"].embeddings:
        clean[curve.model] = curve.accuracy[0].value
    assert clean["shapes-supervised"] > 0.85
    assert clean["shapes-supervised"] > clean["shapes-simclr"] > clean["shapes-untrained"]


def test_findings_take_their_numbers_from_the_file(shipped):
    said = findings(shipped)
    assert len(said) >= 5
    best = max(shipped.factors["rotation"].embeddings, key=lambda c: c.rescaled.value)
    assert f"rotation ({best.rescaled.value:.2f})" in " ".join(said)


@pytest.mark.slow
def test_a_table_is_built_added_to_and_read(tmp_path):
    path = tmp_path / "made" / "table.jsonl"
    few = InvarianceOptions(n=6, fit=40)
    build_invariance(path, ["shapes-simclr"], few)
    build_invariance(path, ["pixels"], few)
    found = read_invariance(path)
    assert (found.n, found.seed) == (6, 7)
    models = [curve.model for curve in found.factors["3-D lean"].embeddings]
    assert models == ["pixels", "shapes-simclr"]  # in the table's order
    assert len(found.factors["scale"].layers("shapes-simclr")) == 5
    assert set(found.moves) == {(move, "shapes-simclr") for move in MOVES}
    for kind in ("cosine", "plain cosine", "probability", "accuracy"):
        figure = level_figure(found.factors["scale"], kind)
        assert figure["layout"]["xaxis"]["type"] == "log"
        json.dumps(figure, allow_nan=False)
    for figure in (
        layer_figure(found.factors["scale"]),
        returned_figure(found.moves["rotation", "shapes-simclr"]),
        depth_figure(found.moves["rotation", "shapes-simclr"]),
    ):
        assert figure["traces"]
        json.dumps(figure, allow_nan=False)
    assert findings(found)


def test_a_damaged_file_and_none_at_all(tmp_path):
    assert read_invariance(tmp_path / "nothing.jsonl") is None
    bad = tmp_path / "bad.jsonl"
    for text in ("{", '{"n": 1}\n{"factor": "scale"}\n'):
        bad.write_text(text)
        with pytest.raises(InputError, match="make it anew"):
            read_invariance(bad)


def test_the_best_of_a_column_and_those_that_cannot_be_told_from_it():
    column = {
        "a": Estimate(0.5, 0.4, 0.6, 9),
        "b": Estimate(0.55, 0.5, 0.7, 9),
        "c": Estimate(0.2, 0.1, 0.3, 9),
        "d": None,
    }
    assert marked(column) == {"b": "★", "a": "☆"}
    assert marked({"d": None}) == {}


def test_the_table_says_every_model_in_every_measure(shipped):
    for measure in MEASURES:
        table = invariance_table(shipped.factors, measure)
        assert table.count("\n") == 1 + len({c.model for c in shipped.factors["scale"].curves})
        assert table.count("★") >= len(TABLE)


def test_marks_differ_and_stay_with_their_model():
    names = [*MODELS, "run:mine"]
    signs = [one["sign"] for one in legend_value(names)]
    assert len(set(signs)) == len(names)
    assert model_styles(["pixels"])["pixels"] == model_styles(names)["pixels"]


def test_the_figure_of_shifts_marks_steps_and_other_answers(noise_picture):
    found = shift_map(noise_picture, "shapes-supervised", step=8, places=5)
    figure = shift_figure(found, "probability")
    assert len(figure["traces"][0]["z"]) == 5
    at = [one["x0"] for one in figure["layout"]["shapes"] if one.get("xref") == "x"]
    assert at == [-16, 0, 16]
    json.dumps(figure, allow_nan=False)
    assert shift_figure(shift_map(noise_picture, "pixels", places=3), "probability")["traces"]


def test_the_command_prints_areas_and_writes_rows(capsys, tmp_path):
    rows = tmp_path / "rows.csv"
    command = ["invariance", "shapes", "--factor", "brightness", "--models", "shapes-simclr"]
    few = ["--n", "4", "--levels", "0.5,1", "--fit", "40", "--out", str(rows)]
    assert main([*command, *few]) == 0
    assert "shapes-simclr embedding: area" in capsys.readouterr().out
    assert len(rows.read_text().splitlines()) == 1 + 4 * 2
    assert main([*command, "--levels", "much"]) == 2
    assert "much" in capsys.readouterr().err
