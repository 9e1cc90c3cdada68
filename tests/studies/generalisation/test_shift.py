"""Shifts: what is changed and what isn't, the line, the splits, a user's folders."""

import dataclasses

import numpy as np
import pytest
from PIL import Image

from replearn.core.errors import CapabilityError, InputError
from replearn.data import load_dataset
from replearn.data.emoji import Emoji
from replearn.data.emoji.redrawn import HANDS
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.render import render_with_masks
from replearn.data.shapes.shifted import SHIFTS, ShapesShifted
from replearn.data.shapes.vocabulary import UNSEEN
from replearn.results.rows.shift import read_answers, shipped_shifts, write_answers
from replearn.results.shift import Answers, Line
from replearn.studies.generalisation import shift as study
from replearn.studies.generalisation import shift_tasks
from replearn.studies.generalisation.effective_robustness import (
    effective_robustness,
    expit,
    height,
    line_through,
    logit,
)
from replearn.studies.generalisation.shift import shift, shipped_shift_table
from replearn.studies.generalisation.shift_findings import shift_findings
from replearn.studies.generalisation.shift_tasks import SHIPPED_SHIFTS, shipped_shift

pytestmark = pytest.mark.slow

N = 24


def scenes_and_pictures(shift_name):
    plain, shifted = Shapes("test", size=N), ShapesShifted(shift_name, size=N)
    before, after = (render_with_masks(d.scenes(0, N)) for d in (plain, shifted))
    assert (before.masks == after.masks).all()
    mask = before.masks[:, 0, None].expand_as(before.pictures)
    return before.pictures, after.pictures, mask


def test_new_backgrounds_leave_every_pixel_of_the_object_as_it_was():
    before, after, mask = scenes_and_pictures("new-backgrounds")
    whole = mask == 1
    assert whole.any()
    assert (before[whole] == after[whole]).all()
    assert (before[mask == 0] != after[mask == 0]).float().mean() > 0.9


def test_new_textures_leave_every_pixel_outside_the_object_as_it_was():
    before, after, mask = scenes_and_pictures("new-textures")
    assert (before[mask == 0] == after[mask == 0]).all()
    assert (before[mask == 1] != after[mask == 1]).float().mean() > 0.5


def test_new_light_changes_nothing_but_the_light():
    plain = Shapes("test", size=N).scenes(0, N)
    lit = ShapesShifted("new-light", size=N).scenes(0, N)
    for field in dataclasses.fields(plain):
        same = (getattr(plain, field.name) == getattr(lit, field.name)).all()
        assert same == (field.name not in {"light_elevation", "ambient"}), field.name
    assert lit.light_elevation.max() < plain.light_elevation.min()


@pytest.mark.parametrize("name", SHIFTS)
def test_shifted_shapes_are_the_test_pictures_one_by_one(name):
    plain, shifted = Shapes("test", size=N), load_dataset(f"shapes-shifted:{name}", size=N)
    assert [plain[i].id for i in range(N)] == [shifted[i].id for i in range(N)]
    assert [plain[i].label for i in range(N)] == [shifted[i].label for i in range(N)]
    unseen = {factor: shifted[0].meta[factor] in names for factor, names in UNSEEN.items()}
    wanted = {"new-textures": {"texture"}, "new-backgrounds": {"floor", "backdrop"}}
    assert {factor for factor, is_new in unseen.items() if is_new} == wanted.get(name, set())


def test_silhouettes_have_two_tones_and_lines_no_colour():
    silhouettes, lines = (load_dataset(f"emoji-redrawn:{hand}") for hand in ("silhouette", "line"))
    for row in range(0, len(silhouettes), 400):
        assert set(np.unique(np.asarray(silhouettes[row].image))) <= {0, 255}
        drawn = np.asarray(lines[row].image).astype(int)
        assert np.ptp(drawn, axis=2).max() <= 1
        assert drawn.min() < 128


@pytest.mark.parametrize("hand", HANDS)
def test_hands_have_the_emoji_in_the_same_order(hand):
    assert load_dataset(f"emoji-redrawn:{hand}").ids == Emoji().ids


@pytest.mark.parametrize("given", ["shapes-shifted:new-texture", "emoji-redrawn:lines"])
def test_an_unknown_shift_names_the_nearest(given):
    with pytest.raises(InputError, match="choose one of"):
        load_dataset(given)


def test_a_model_on_the_line_has_no_effective_robustness_and_one_above_has_its_height():
    line = Line(0.8, -0.3)
    clean = np.array([0.4, 0.7, 0.9])
    found = line_through(clean, expit(line.intercept + line.slope * logit(clean)))
    assert found is not None
    assert found.slope == pytest.approx(line.slope)
    assert found.intercept == pytest.approx(line.intercept)
    foretold = float(expit(line.intercept + line.slope * logit(0.8)))
    assert height(0.8, foretold, line) == pytest.approx(0)
    assert height(0.8, foretold + 0.1, line) == pytest.approx(0.1)
    assert line_through(np.array([0.5, 0.5]), np.array([0.2, 0.3])) is None


def test_heights_come_from_the_baselines_and_have_intervals():
    n = 400
    shares = np.array([0.3, 0.6, 0.8, 0.7, 0.7])
    right = np.arange(n) < np.round(shares * n)[:, None]
    shifted = right.copy()
    shifted[4] = np.arange(n) < 0.9 * n
    found = effective_robustness(right, shifted, [[], [], [], [0, 1, 2], [0, 1, 2]])
    assert found[:3] == [None] * 3
    on, above = found[3], found[4]
    assert on is not None
    assert above is not None
    assert on.value == pytest.approx(0, abs=1e-9)
    assert on.low <= 0 <= on.high
    assert above.value == pytest.approx(0.2, abs=0.01)
    assert 0 < above.low < above.value < above.high
    assert effective_robustness(right[:2], shifted[:2], [[1], [0]]) == [None, None]


@pytest.mark.parametrize("data", SHIPPED_SHIFTS)
def test_what_is_fitted_on_is_kept_apart_from_what_is_tested_on(data, monkeypatch):
    monkeypatch.setattr(shift_tasks, "N", 30)
    monkeypatch.setattr(shift_tasks, "FITTED", 60)
    task = shipped_shift(data).build()
    for pictures in task.rows.values():
        assert set(pictures.ids).isdisjoint(task.fit.ids)
        assert len(set(pictures.ids)) == len(pictures.ids) == len(pictures.labels)
    assert len({pictures.data.fingerprint() for pictures in task.rows.values()}) == len(task.rows)


def test_rows_come_back_as_they_were_written(tmp_path):
    given = [
        Answers(
            "a, b",
            row,
            "probe:x",
            ("1", "2", "3"),
            ("cat", "dog"),
            np.array([0, 1, 1]),
            np.array([0, 0, 1]),
            np.array([0.25, 0.5, 1.0], np.float32),
        )
        for row in ("a", "b")
    ]
    write_answers(given, tmp_path / "rows.parquet")
    for one, again in zip(given, read_answers(tmp_path / "rows.parquet"), strict=True):
        assert (one.data, one.shift, one.model, one.ids) == (
            again.data,
            again.shift,
            again.model,
            again.ids,
        )
        assert again.classes == ("cat", "dog")
        assert (one.right == again.right).all()
        assert one.confidences == pytest.approx(again.confidences)
    write_answers(given, tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text().count("\n") == 7
    with pytest.raises(InputError, match=r"\.csv or \.parquet"):
        write_answers(given, tmp_path / "rows.txt")
    with pytest.raises(InputError, match="--ship"):
        read_answers(tmp_path / "none.parquet")


@pytest.mark.parametrize("data", SHIPPED_SHIFTS)
def test_shipped_tables_have_every_cell_with_its_interval(data):
    if not shipped_shifts().exists():
        pytest.skip("the rows of the shifts don't ship")
    found = shipped_shift_table(data)
    for row in found.rows:
        for model in (*found.models, *found.baselines):
            cell = found.cells[row, model]
            assert cell.accuracy.low <= cell.accuracy.value <= cell.accuracy.high
            assert cell.accuracy.n >= (500 if data != "emoji" else 200)
            assert (cell.robustness is None) == (row == found.rows[0] or model in found.baselines)
    assert set(found.models) | set(found.missing) == set(shipped_shift(data).models)
    checks = shift_findings(found)
    assert len(checks) == 3
    first, second = found.compared
    assert checks[0].ours.value == pytest.approx(
        found.cells[found.rows[0], second].accuracy.value
        - found.cells[found.rows[0], first].accuracy.value
    )
    assert shipped_shifts().stat().st_size < 1.5e6


@pytest.fixture
def folders(tmp_path):
    """Two folders of three classes; what is red, green or blue is told by colour in both."""
    colours = {"sphere": (220, 20, 20), "cube": (20, 200, 20), "cone": (20, 20, 220)}
    for row, side in (("clean", 40), ("small", 24)):
        for name, colour in colours.items():
            (tmp_path / row / name).mkdir(parents=True)
            for i in range(10):
                shade = tuple(min(255, value + 3 * i) for value in colour)
                Image.new("RGB", (side, side), shade).save(tmp_path / row / name / f"{i}.png")
    return tmp_path


def test_a_users_folders_are_rows_and_a_probe_is_tested_on_what_it_was_not_fitted_on(folders):
    rows = {"small": f"folder:{folders / 'small'}", "clean": f"folder:{folders / 'clean'}"}
    out = folders / "rows.csv"
    models = ["shapes-supervised", "probe:shapes-untrained"]
    found = shift(rows, models, clean="clean", out=out)
    assert found.rows == ("clean", "small")
    assert found.cells["clean", "probe:shapes-untrained"].accuracy.n == 6
    assert found.cells["small", "probe:shapes-untrained"].accuracy.value == 1
    assert found.cells["small", "shapes-supervised"].accuracy.n == 30
    assert found.chance == pytest.approx(1 / 3)
    assert out.read_text().count("\n") == 1 + 2 * (6 + 30)
    assert "36" in str(found.stamp)


def test_each_mistake_is_a_clear_sentence(folders):
    clean = f"folder:{folders / 'clean'}"
    with pytest.raises(InputError, match="at least two rows"):
        shift({"clean": clean}, ["shapes-supervised"])
    rows = {"clean": clean, "small": f"folder:{folders / 'small'}"}
    with pytest.raises(InputError, match="at least one model"):
        shift(rows, [])
    with pytest.raises(InputError, match="named twice"):
        shift(rows, ["imagenet", "imagenet"])
    with pytest.raises(InputError, match=r"'cleen' isn't among the rows"):
        shift(rows, ["shapes-supervised"], clean="cleen")
    with pytest.raises(InputError, match=r"@0\.2"):
        shift(rows, ["probe:shapes-untrained@2"])
    with pytest.raises(CapabilityError, match="probe:emoji-simclr"):
        shift(rows, ["emoji-simclr"])
    flat = folders / "flat"
    flat.mkdir()
    Image.new("RGB", (8, 8)).save(flat / "a.png")
    with pytest.raises(InputError, match=r"flat.* has no labels"):
        shift({"clean": clean, "flat": f"folder:{flat}"}, ["shapes-supervised"])
    (folders / "small" / "cone").rename(folders / "small" / "gnome")
    with pytest.raises(InputError, match=r"small has classes that clean hasn't .gnome."):
        shift(rows, ["shapes-supervised"])
    (folders / "clean" / "cone").rename(folders / "clean" / "gnome")
    with pytest.raises(CapabilityError, match=r"doesn't know 1 of the classes .gnome."):
        shift(rows, ["shapes-supervised"])
    with pytest.raises(InputError, match="No shift of 'shape'"):
        study.make_shifts(["shape"])


def test_rendered_rows_count_their_solids_as_the_clean_row_does(tmp_path):
    data = Shapes("test", size=40)
    for name in sorted(data.class_names):
        (tmp_path / name).mkdir()
    for row in range(40):
        sample = data[row]
        sample.image.save(tmp_path / data.class_names[sample.label] / f"{row:02}.png")
    found = shift({"folder": f"folder:{tmp_path}", "rendered": data}, ["shapes-supervised"])
    assert found.cells["folder", "shapes-supervised"].accuracy.value > 0.9
    assert found.cells["rendered", "shapes-supervised"].accuracy.value > 0.9


def test_a_file_that_cannot_be_written_is_said_before_any_work(tmp_path):
    data = Shapes("test", size=8)
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "rows.txt", tmp_path / "file" / "rows.csv"):
        with pytest.raises(InputError, match=r"end in|written"):
            shift({"a": data, "b": data}, ["no-such-model"], out=out)
