"""Distorting one picture, a data set's curve, and sweeps that are stopped and go on."""

import dataclasses
import itertools

import numpy as np
import pytest
from PIL import Image
from scipy.stats import rankdata

import replearn
from replearn.cli import main
from replearn.core.errors import InputError, StoppedError
from replearn.data.shapes.dataset import Shapes
from replearn.distortions import load_distortion
from replearn.distortions.stack import Layer, Stack
from replearn.results.distortions import Trial
from replearn.results.rows.trials import read_trials, write_trials
from replearn.studies.answering import kept_trials
from replearn.studies.answering.conditions import Condition, levels_of, named_distortions
from replearn.studies.answering.distorted_answers import (
    asked_about,
    distorted_pictures,
    distorted_trials,
)
from replearn.studies.answering.shown_pictures import ShownPictures, drawn_rows, open_pictures
from replearn.studies.answering.working_size import working_size
from replearn.studies.distortions.flips import flips
from replearn.studies.distortions.geirhos import geirhos
from replearn.studies.distortions.journal import Journal
from replearn.studies.distortions.sweep import sweep
from replearn.studies.distortions.sweep_choice import SweepChoice

pytestmark = pytest.mark.slow

LABELS = ["cat", "tower", "cup of coffee"]
CHOICE = SweepChoice(("shapes-supervised",), ("contrast", "rotation"), 20)


@pytest.fixture(scope="module")
def shapes():
    return Shapes(size=40)


def test_distort_is_a_pure_function_of_the_picture(noise_picture, tmp_path):
    found = replearn.distort(noise_picture, "rotation", 90, seed=3)
    assert found.tobytes() == load_distortion("rotation").apply(noise_picture, 90, 3).tobytes()
    noise_picture.save(tmp_path / "noise.png")
    opened = replearn.distort(tmp_path / "noise.png", "contrast", 1)
    assert opened.tobytes() == noise_picture.tobytes()
    with pytest.raises(InputError, match="from 0 to 1"):
        replearn.distort(noise_picture, "contrast", 1.5)


def test_a_study_shows_what_the_usual_preprocessing_only_crops():
    large = Image.fromarray(
        np.random.default_rng(0).integers(0, 256, (500, 700, 3), dtype=np.uint8)
    )
    assert working_size(large).size == (358, 256)
    model = replearn.load_model("imagenet")
    np.testing.assert_array_equal(
        model.preprocess([large]), model.preprocess([working_size(large)])
    )
    small = Image.new("RGB", (256, 900))
    assert working_size(small) is small


def test_distorting_by_nothing_changes_no_answer():
    photo = replearn.load_dataset("photos")[0].image
    found = replearn.distorted_answer(photo, "contrast", 1.0, labels=LABELS)
    assert found.cosine_to_clean == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(found.clean.probabilities, found.changed.probabilities)
    grey = replearn.distorted_answer(photo, "contrast", 0.0, labels=LABELS)
    assert grey.cosine_to_clean < 0.9
    stacked = replearn.distorted_answer(
        photo, "contrast", 1.0, labels=LABELS, before=Stack((Layer("contrast", 0.0),))
    )
    np.testing.assert_array_equal(stacked.picture, grey.picture)


def test_a_batch_of_several_sizes_is_what_each_picture_gives_alone():
    random = np.random.default_rng(0)
    values = tuple(
        random.integers(0, 256, (height, 40, 3), dtype=np.uint8) for height in (30, 31, 30)
    )
    pictures = ShownPictures(("a", "b", "c"), ("x",) * 3, values)
    condition = Condition("uniform-noise", 0.3)
    together = distorted_pictures(pictures, [2, 1, 0], condition, 0)
    for row, found in zip([2, 1, 0], together, strict=True):
        assert found.size == (40, values[row].shape[0])
        assert found.tobytes() == distorted_pictures(pictures, [row], condition, 0)[0].tobytes()


def test_trials_are_the_models_answers_to_the_distorted_pictures(shapes):
    asked = asked_about("shapes-supervised", shapes.name, shapes.class_names)
    pictures = open_pictures(shapes, range(40))
    conditions = [Condition("contrast", 1.0), Condition("rotation", 90.0)]
    trials = list(itertools.chain(*distorted_trials(pictures, conditions, [asked], 0)))
    assert len(trials) == 80
    for trial in trials[::13]:
        image = Image.fromarray(pictures.values[pictures.ids.index(trial.id)])
        turned = replearn.distort(image, trial.distortion, trial.level)
        answer = replearn.classify(turned, "shapes-supervised")
        assert trial.prediction == answer.top(1)[0][0]
        assert trial.confidence == pytest.approx(answer.top(1)[0][1], abs=1e-3)


def test_a_curve_counts_right_answers_and_is_kept(shapes, tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    told = []
    found = replearn.robustness(
        shapes, "shapes-supervised", "rotation", [0, 90], 0, 30, lambda *step: told.append(step)
    )
    assert [point.level for point in found.points] == [0, 90]
    assert found.points[0].accuracy.value > 0.9
    assert found.points[1].accuracy.value < found.points[0].accuracy.value
    assert found.stamp.n == found.points[0].accuracy.n == 30
    assert found.chance == pytest.approx(1 / 8)
    assert told
    told.clear()
    again = replearn.robustness(
        shapes, "shapes-supervised", "rotation", [0, 90], 0, 30, lambda *step: told.append(step)
    )
    assert again.points == found.points
    assert told == []


def test_what_cannot_be_is_one_sentence(shapes, tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    for arguments, says in [
        ((f"folder:{tmp_path}",), "has no labels"),
        (("emoji", "shapes-supervised"), "classes of emoji are missing from shapes-supervised"),
        (("shapes", "shapes-supervised", "rotation", [1e3]), "from -360 to 360"),
        (("shapes", "shapes-supervised", "rotatoin"), "Did you mean rotation"),
        (("shapes", "shapes-supervised", "rotation", []), "at least one level"),
    ]:
        with pytest.raises(InputError, match=says) as refused:
            replearn.robustness(*arguments)
        assert "\n" not in str(refused.value)
    with pytest.raises(InputError, match="at least one"):
        named_distortions(" ,")


def test_pictures_are_drawn_at_random_and_the_same_again(shapes):
    rows = drawn_rows(shapes, 10, 0)
    assert rows == drawn_rows(shapes, 10, 0)
    assert rows != drawn_rows(shapes, 10, 1)
    assert rows != list(range(10))
    assert drawn_rows(shapes, None, 0) == drawn_rows(shapes, 99, 0) == list(range(40))


@pytest.mark.parametrize("name", ["rows.parquet", "rows.csv"])
def test_a_sweep_that_is_stopped_keeps_what_it_had_and_goes_on(shapes, tmp_path, name):
    out = tmp_path / name
    calls = itertools.count()

    def stop(done, total, what):
        if "answers," in what and next(calls) == 4:
            raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        sweep(shapes, CHOICE, out, stop)
    kept = read_trials(out)
    assert 0 < len(kept) < 20 * 15
    told = []
    found = sweep(shapes, CHOICE, out, lambda done, *_: told.append(done))
    assert min(told) >= len(kept)
    assert len(found) == len({(t.id, t.distortion, t.level) for t in found}) == 20 * 15
    assert not list(tmp_path.glob("*.part"))
    fresh = sweep(shapes, CHOICE)
    order = dataclasses.astuple
    for one, other in zip(
        sorted(read_trials(out), key=order), sorted(fresh, key=order), strict=True
    ):
        assert one == dataclasses.replace(other, confidence=one.confidence)
        assert one.confidence == pytest.approx(other.confidence, abs=1e-3)


def test_a_journal_that_a_kill_cut_off_loses_its_last_line_alone(tmp_path):
    trial = Trial("a", "m", "f", "contrast", 0.1, 0, "x", "y", 0.5)
    journal = Journal(tmp_path / "rows.csv", {"seed": 0})
    journal.append([trial, trial])
    with journal.path.open("a") as file:
        file.write('["a", "m", "f", "contr')
    assert Journal(tmp_path / "rows.csv", {"seed": 0}).read() == [trial, trial]
    journal.append([trial])
    assert journal.read() == [trial] * 3
    with pytest.raises(InputError, match="other pictures or another seed"):
        Journal(tmp_path / "rows.csv", {"seed": 1})


def test_rows_survive_both_files(tmp_path):
    trials = [
        Trial("a,b", "m", "f", "greyscale 1, contrast", 0.05, 3, "x", "y", 0.25),
        Trial("c", "m", "f", "rotation", -90.0, 3, "x", "x", 1.0),
    ]
    for name in ("rows.csv", "rows.parquet"):
        write_trials(trials, tmp_path / name)
        assert read_trials(tmp_path / name) == trials
        assert read_trials(tmp_path / name, "rotation") == trials[1:]
    (tmp_path / "bad.parquet").write_text("no rows")
    with pytest.raises(InputError, match="holds no rows"):
        read_trials(tmp_path / "bad.parquet")


def test_flips_are_counted_from_the_clean_answer():
    def row(identity, level, prediction):
        return Trial(identity, "m", "f", "rotation", level, 0, "x", prediction, 1.0)

    trials = [
        row(identity, level, prediction)
        for identity, answers in {"a": "xxy", "b": "zyz", "c": "xxx"}.items()
        for level, prediction in zip((0.0, 15.0, 30.0), answers, strict=True)
    ]
    found = flips(trials)
    assert found.level.value == pytest.approx((30 + 15) / 2)
    assert (found.flipped.value, found.flipped.n) == (pytest.approx(2 / 3), 3)


def test_the_command_writes_rows_and_prints_accuracies(tmp_path, capsys):
    out = tmp_path / "rows.csv"
    arguments = ["sweep", "shapes", "--models", "shapes-supervised", "--distortions", "brightness"]
    assert main([*arguments, "--pictures", "10", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "shapes-supervised  brightness  1: " in printed
    assert len(read_trials(out)) == 10 * len(levels_of("brightness"))
    assert main([*arguments[:-1], "brightnes", "--out", str(out)]) == 2


def test_the_papers_conditions_stand_on_greyscale_and_ranks_are_compared(shapes):
    found = geirhos(shapes, "shapes-supervised", 30)
    assert [row.name for row in found.rows][:2] == ["colour", "greyscale"]
    assert len(found.rows) == 9
    assert found.rows[0].published == pytest.approx(0.967)
    assert found.rows[0].accuracy.value > 0.9
    ours = [row.accuracy.value for row in found.rows]
    theirs = [row.published for row in found.rows]
    ranks = np.corrcoef(rankdata(ours), rankdata(theirs))[0, 1]
    assert found.rank_correlation == pytest.approx(ranks)
    asked = asked_about("shapes-supervised", shapes.name, shapes.class_names)
    pictures = open_pictures(shapes, drawn_rows(shapes, 30, 0))
    turned = Condition("rotation", 90, Stack((Layer("greyscale", 1),)))
    trials = list(itertools.chain(*distorted_trials(pictures, [turned], [asked], 0)))
    right = np.mean([trial.label == trial.prediction for trial in trials])
    row = next(row for row in found.rows if row.name == "rotation_90deg")
    assert row.accuracy.value == pytest.approx(right)


def test_numbers_that_are_none_are_one_sentence():
    with pytest.raises(InputError, match="list of numbers"):
        levels_of("rotation", ["steep"])
    with pytest.raises(InputError, match="list of numbers"):
        levels_of("rotation", [None])
    for pictures in (0, -5):
        with pytest.raises(InputError, match="at least one picture"):
            replearn.robustness("shapes", "shapes-supervised", "rotation", [0], pictures=pictures)


def test_many_pictures_are_answered_block_by_block_alike(monkeypatch):
    whole = replearn.robustness(
        Shapes("test", size=30), "shapes-supervised", "blur", [2], pictures=30
    )
    monkeypatch.setattr(kept_trials, "MOST_OPEN", 7)
    monkeypatch.setattr(kept_trials, "known_trials", lambda *_: [])
    blocks = replearn.robustness(
        Shapes("test", size=30), "shapes-supervised", "blur", [2], pictures=30
    )
    assert blocks.points == whole.points
