"""Recipes of the lab: they learn, they survive, and they say what is wrong."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from replearn.core.errors import InputError, OfflineError, StoppedError, TrainingError
from replearn.data.shapes import World
from replearn.encoders.registry import load_model, models
from replearn.results.rows.training import read_rows
from replearn.training import ON_OTHER_MODELS, RECIPES, configured, train
from replearn.training.loop import STOP_FILE, Loop
from replearn.training.measures import alignment, knn_accuracy, linear_probe, uniformity
from replearn.training.sources.kept_source import KeptSource
from replearn.training.sources.shapes_source import ShapesSource

pytestmark = pytest.mark.slow

LAB = [name for name in RECIPES if name not in ON_OTHER_MODELS]
TINY = {
    "side": 32,
    "width": 32,
    "epochs": 2,
    "epoch_pictures": 64,
    "batch": 32,
    "precision": "float32",
}
SMALL = TINY | {"width": 8}


def settings_of(recipe: str) -> dict:
    if recipe == "lit":
        own = {name: TINY[name] for name in ("epochs", "epoch_pictures", "batch")}
        return own | {"most": 100}
    extra = {"queue": 64} if recipe == "moco" else {}
    return (TINY if recipe in {"clip", "siglip"} else SMALL) | extra


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.parametrize("recipe", LAB)
def test_a_run_leaves_its_curve_and_opens_as_a_model(recipe):
    folder = train(recipe, name="tried", **settings_of(recipe))
    rows = read_rows(folder)
    assert [row.step for row in rows if row.knn is not None] == [0, 2, 4]
    assert all(np.isfinite(row.loss) for row in rows[1:])
    assert all(row.alignment >= 0 and row.uniformity <= 0 for row in rows[1:])
    assert "run:tried" in {row.name for row in models()}
    encoder = load_model("run:tried")
    picture = torch.randint(0, 255, (40, 50, 3), dtype=torch.uint8).numpy()
    from PIL import Image

    vector = encoder.encode_image([Image.fromarray(picture)])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
    if recipe in {"clip", "siglip", "lit"}:
        assert encoder.encode_text(["a red cube"]).shape == (1, vector.shape[1])
    else:
        assert encoder.logits([Image.fromarray(picture)]).shape == (1, 8)


def test_a_trained_network_gives_in_the_app_what_it_gave_in_training(tmp_path):
    recipe = configured("supervised", SMALL)
    folder = train("supervised", name="same", **SMALL)
    loop = recipe.loop(folder)
    loop.resumed()
    pictures = loop.source.probe("test", 6).pictures[0]
    inside = loop.frozen.features(pictures)
    from PIL import Image

    images = [Image.fromarray(p.permute(1, 2, 0).numpy()) for p in pictures]
    encoder = load_model("run:same")
    outside = encoder.pooled(encoder.preprocess(images))
    np.testing.assert_allclose(outside, inside, atol=5e-3 * np.abs(inside).max())


@pytest.mark.parametrize("recipe", ["supcon", "moco"])
def test_a_run_that_was_cut_off_goes_on_with_the_same_curve(recipe, tmp_path, monkeypatch):
    settings = settings_of(recipe) | {"epochs": 3}
    # a row of every second begins a new mean: on a busy machine the last one is of fewer steps
    monkeypatch.setattr("replearn.training.loop.ROW_SECONDS", float("inf"))
    whole = read_rows(train(recipe, tmp_path, "whole", **settings))
    kept = Loop._epoch

    def cut(self: Loop, epoch: int, progress) -> None:  # type: ignore[no-untyped-def]
        if epoch == 2:
            raise KeyboardInterrupt
        kept(self, epoch, progress)

    monkeypatch.setattr(Loop, "_epoch", cut)
    with pytest.raises(KeyboardInterrupt):
        train(recipe, tmp_path, "parts", **settings)
    monkeypatch.setattr(Loop, "_epoch", kept)
    parts = read_rows(train(recipe, tmp_path, "parts", **settings))
    ends = [[row for row in rows if row.knn is not None] for rows in (whole, parts)]
    assert [row.step for row in ends[0]] == [row.step for row in ends[1]]
    assert ends[0][-1].loss == pytest.approx(ends[1][-1].loss, rel=1e-3)
    assert ends[0][-1].probe == pytest.approx(ends[1][-1].probe, abs=0.02)


def test_a_killed_process_loses_at_most_one_round(tmp_path):
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "replearn", "train", "supcon", "--out", str(tmp_path)]
    command += ["--name", "killed", "--epochs", "40"]
    for name in ("side", "width", "epoch_pictures", "batch", "precision"):
        command += ["--set", f"{name}={SMALL[name]}"]
    run = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    folder = tmp_path / "killed"
    limit = time.monotonic() + 120
    while time.monotonic() < limit and not (folder / "checkpoint.pt").exists():
        time.sleep(0.1)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    done = torch.load(folder / "checkpoint.pt", weights_only=True)["epochs"]
    measured = [row for row in read_rows(folder) if row.knn is not None]
    assert done >= 1
    assert measured[-1].step // 2 - done in {0, 1}
    (folder / STOP_FILE).touch()  # cleared by a start: an old wish to stop must not stop it
    recipe = configured("supcon", {**SMALL, "epochs": 40})
    with pytest.raises(StoppedError):
        recipe.fit(folder, _stopping)
    assert read_rows(folder)[-1].step >= 2 * done


def _stopping(done: int, total: int, what: str) -> None:
    raise StoppedError("stopped")


def test_a_stop_is_heard_within_a_step(tmp_path, monkeypatch):
    seen = []
    real = Loop._step

    def stepped(self: Loop, step: int):  # type: ignore[no-untyped-def]
        seen.append(step)
        if step == 2:
            (self.folder / STOP_FILE).touch()
        return real(self, step)

    monkeypatch.setattr(Loop, "_step", stepped)
    with pytest.raises(StoppedError, match="round 1 is kept"):
        train("simclr", tmp_path, "stopped", **SMALL | {"epochs": 9})
    assert seen == [0, 1, 2]
    assert (tmp_path / "stopped" / "model.safetensors").exists()


def test_a_loss_that_is_no_number_stops_and_keeps_what_was_good(tmp_path, monkeypatch):
    real = Loop._step

    def broken(self: Loop, step: int):  # type: ignore[no-untyped-def]
        loss, pair, labels = real(self, step)
        return (loss * float("nan") if step == 3 else loss), pair, labels

    monkeypatch.setattr(Loop, "_step", broken)
    with pytest.raises(TrainingError, match=r"no longer a number at step 4.*round 1"):
        train("simclr", tmp_path, "broken", **SMALL)
    state = torch.load(tmp_path / "broken" / "checkpoint.pt", weights_only=True)
    assert state["epochs"] == 1


def test_two_processes_never_train_in_one_folder(tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "pid").write_text(str(os.getppid()))  # a process that is there
    with pytest.raises(InputError, match=r"A run is going in .*stop it first"):
        train("simclr", tmp_path, "taken", **SMALL)
    assert [path.name for path in folder.iterdir()] == ["pid"]
    os.utime(folder / "pid", (1, 1))  # it has been silent for years: the number is another's
    train("simclr", tmp_path, "taken", **SMALL | {"epochs": 1})
    assert (folder / "model.safetensors").exists()
    assert not (folder / "pid").exists()


def test_broken_weights_leave_the_last_good_model(tmp_path, monkeypatch):
    real = Loop._step

    def broken(self: Loop, step: int):  # type: ignore[no-untyped-def]
        if step == 3:
            for parameter in self.method.parameters():
                parameter.data.fill_(float("nan"))
        return real(self, step)

    monkeypatch.setattr(Loop, "_step", broken)
    with pytest.raises(TrainingError, match="no longer a number"):
        train("simclr", tmp_path, "broken", **SMALL)
    kept = load_file(tmp_path / "broken" / "model.safetensors")
    assert all(value.isfinite().all() for value in kept.values() if value.is_floating_point())
    assert not (tmp_path / "broken" / "pid").exists()


def test_a_full_disk_is_one_sentence_whatever_is_written(tmp_path, monkeypatch):
    def full(*args, **kwargs):  # type: ignore[no-untyped-def]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("replearn.training.loop.append_row", full)
    with pytest.raises(TrainingError, match=r"can't write to .*No space left.*free some space"):
        train("simclr", tmp_path, "full", **SMALL)


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    def full(*args, **kwargs):  # type: ignore[no-untyped-def]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(TrainingError, match=r"No space left.*free some space"):
        train("simclr", tmp_path, "full", **SMALL)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"temprature": 1}, "Did you mean temperature"),
        ({"temperature": 0}, "temperature is 0.0; it goes from"),
        ({"batch": 2}, "at least 4"),
        ({"views": "both"}, "choose augment or scene"),
        ({"dataset": "shpaes"}, "Did you mean shapes"),
        ({"precision": "int8"}, "choose auto, float32 or bfloat16"),
        ({"epochs": "many"}, "epochs is 'many'; it must be a int"),
    ],
)
def test_settings_that_cannot_be_are_one_sentence(settings, said, tmp_path):
    with pytest.raises(InputError, match=said):
        train("simclr", tmp_path, "wrong", **SMALL | settings)


def test_names_and_folders_that_cannot_be(tmp_path):
    with pytest.raises(InputError, match=r"can't be called '\.\./x'"):
        train("simclr", tmp_path, "../x", **SMALL)
    train("simclr", tmp_path, "once", **SMALL | {"epochs": 1})
    with pytest.raises(InputError, match="other settings"):
        train("simclr", tmp_path, "once", **SMALL)
    with pytest.raises(InputError, match="no trained model in nothing"):
        load_model("run:nothing")


def test_a_folder_of_pictures_trains_and_a_batch_larger_than_it_is_refused(tmp_path, caplog):
    from PIL import Image

    random = np.random.default_rng(0)
    for name in ("cat", "dog"):
        (tmp_path / "data" / name).mkdir(parents=True)
        for i in range(12):
            pixels = random.integers(0, 255, (20, 30, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / "data" / name / f"{i}.png")
    (tmp_path / "data" / "cat" / "bad.png").write_text("no picture")
    settings = SMALL | {"dataset": f"folder:{tmp_path / 'data'}", "batch": 16}
    folder = train("supcon", tmp_path, "folder", **settings)
    assert read_rows(folder)[-1].knn is not None
    assert "left out because they can't be opened: 1, first: cat/bad.png" in caplog.text
    assert (folder / "unreadable.txt").read_text().startswith("cat/bad.png is")
    with pytest.raises(InputError, match="The batch is 64, the data have 20 pictures"):
        train("supcon", tmp_path, "large", **settings | {"batch": 64})
    with pytest.raises(InputError, match="one picture of each thing"):
        train("supcon", tmp_path, "pairs", **settings | {"views": "scene"})


def test_folders_that_cannot_be_trained_on_are_one_sentence(tmp_path):
    from PIL import Image

    (tmp_path / "empty").mkdir()
    settings = SMALL | {"batch": 8}
    with pytest.raises(InputError, match="holds no pictures"):
        train("simclr", tmp_path, "a", **settings | {"dataset": f"folder:{tmp_path / 'empty'}"})
    (tmp_path / "one" / "cat").mkdir(parents=True)
    for i in range(20):
        Image.new("RGB", (32, 32), (12 * i, 0, 0)).save(tmp_path / "one" / "cat" / f"{i}.png")
    one = settings | {"dataset": f"folder:{tmp_path / 'one'}"}
    for recipe in ("supcon", "supervised"):
        with pytest.raises(InputError, match="at least two classes; train simclr"):
            train(recipe, tmp_path, recipe, **one)
    folder = train("simclr", tmp_path, "unlabelled-in-effect", **one)
    assert read_rows(folder)[-1].loss > 0
    for path in (tmp_path / "one" / "cat").iterdir():
        path.write_text("no picture")
    with pytest.raises(InputError, match="None of the pictures"):
        train("simclr", tmp_path, "unreadable", **one)
    with pytest.raises(OfflineError, match="python -m replearn download torchvision:CIFAR10"):
        train("simclr", tmp_path, "absent", **settings | {"dataset": "torchvision:CIFAR10"})


@pytest.mark.parametrize("recipe", ["simclr", "clip"])
def test_two_designers_are_two_views_of_one_emoji(recipe, tmp_path):
    settings = settings_of(recipe) | {"dataset": "emoji", "views": "scene", "epochs": 1}
    chosen = configured(recipe, settings)
    loop = chosen.loop(tmp_path)
    batch = loop.source.batch(range(20))
    assert len(batch.pictures) == 2
    assert (batch.pictures[0] != batch.pictures[1]).flatten(1).any(1).all()
    kept_out = set(loop.source.probe("test", 400).texts)
    trained = {
        text for at in range(0, 1500, 100) for text in loop.source.batch(range(at, at + 100)).texts
    }
    assert not kept_out & trained
    views = loop.views(batch, 0)
    assert len(views.pixels) == loop.method.view_count
    assert views.texts == batch.texts


def test_measures_against_slow_ones():
    random = torch.Generator().manual_seed(0)
    a, b = (torch.nn.functional.normalize(torch.randn(9, 5, generator=random)) for _ in range(2))
    slow = np.mean([float((a[i] - b[i]).norm() ** 2) for i in range(9)])
    assert alignment(a, b) == pytest.approx(slow, rel=1e-5)
    pairs = [(i, j) for i in range(9) for j in range(i)]
    mean = np.mean([np.exp(-2 * float((a[i] - a[j]).norm() ** 2)) for i, j in pairs])
    assert uniformity(a) == pytest.approx(np.log(mean), rel=1e-4)


def test_probes_find_what_is_there_and_nothing_where_nothing_is():
    random = np.random.default_rng(0)
    labels = random.integers(0, 3, 600)
    there = (np.eye(3)[labels] @ random.normal(size=(3, 20)) * 3).astype(np.float32)
    there += random.normal(size=there.shape).astype(np.float32)
    nothing = random.normal(size=(600, 20)).astype(np.float32)
    for features, low, high in ((there, 0.95, 1), (nothing, 0.2, 0.47)):
        knn = knn_accuracy(features[:400], labels[:400], features[400:], labels[400:])
        probe = linear_probe(features[:400], labels[:400], 3)
        assert low <= knn <= high
        assert low <= probe.accuracy(features[400:], labels[400:]) <= high


def test_every_recipe_says_how_to_run_it():
    for name in LAB:
        said = type(configured(name, {})).__doc__
        assert f"python -m replearn train {name}" in said
        assert "minutes" in said
        assert dataclasses.is_dataclass(configured(name, {}))


def test_kept_scenes_are_rendered_once_and_come_in_a_new_order_each_round():
    class Counting(ShapesSource):
        rendered = 0

        def batch(self, rows):
            Counting.rendered += len(rows)
            return super().batch(rows)

    endless = Counting(World("shapes"), 16, pairs=True)
    source = KeptSource(endless, scenes=300, seed=0)
    assert source.pictures == 512  # whole blocks
    first = source.batch(range(512))
    assert Counting.rendered == 512
    fresh = ShapesSource(World("shapes"), 16, pairs=True).batch(range(40))
    assert (first.pictures[1][:40] == fresh.pictures[1]).all()
    second = source.batch(range(512, 1024))
    assert Counting.rendered == 512
    assert first.texts != second.texts
    assert sorted(first.texts) == sorted(second.texts)
    again = KeptSource(endless, scenes=300, seed=0).batch(range(600, 640))
    assert (again.pictures[1] == source.batch(range(600, 640)).pictures[1]).all()
