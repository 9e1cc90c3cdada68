"""Tables on disk: what is kept, what is computed again, and what a disk does to it."""

import io
import os
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from replearn.core.errors import InputError, ModelError, StoppedError
from replearn.data.folder import Folder
from replearn.data.photos import Photos
from replearn.data.shapes.dataset import Shapes
from replearn.store import lance_shelf, local_rows, table
from replearn.store.table import compute_table, embed

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

MeanColour = runpy.run_path(str(Path(__file__).with_name("mean_colour.py")))["MeanColour"]


def picture(path, number):
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.random.default_rng(number).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    Image.fromarray(values).save(path)


@pytest.fixture
def folder(tmp_path):
    for number in range(40):
        picture(tmp_path / "pictures" / ("even", "odd")[number % 2] / f"{number}.png", number)
    return tmp_path / "pictures"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(local_rows, "BLOCK", 16)
    table._open.clear()
    return tmp_path / "cache"


def embedded(folder, encoder=None):
    """Embed from disk, as another process would; return the table and the forward passes."""
    table._open.clear()
    encoder = encoder or MeanColour()
    return embed(Folder(folder), encoder), encoder.passes


def assert_same(found, folder):
    true = compute_table(Folder(folder), MeanColour())
    for name in ("ids", "captions", "groups", "columns", "origin"):
        assert getattr(found, name) == getattr(true, name), name
    np.testing.assert_array_equal(found.labels, true.labels)
    np.testing.assert_array_equal(found.vectors, true.vectors)


def test_what_is_kept_is_not_computed_again(folder):
    found, passes = embedded(folder)
    assert passes == 40
    assert_same(found, folder)
    again, passes = embedded(folder)
    assert passes == 0
    assert_same(again, folder)
    assert Image.open(io.BytesIO(again.thumbnails([3])[0])).size == (64, 64)
    assert again.take([5, 3]).thumbnails([1]) == again.thumbnails([3])


def test_only_new_and_edited_pictures_are_embedded_and_removed_ones_leave(folder):
    embedded(folder)
    for number in range(100, 107):
        picture(folder / "odd" / f"{number}.png", number)
    found, passes = embedded(folder)
    assert passes == 7
    assert_same(found, folder)
    picture(folder / "even" / "0.png", 999)
    os.utime(folder / "even" / "0.png", ns=(1, 1))
    (folder / "odd" / "1.png").unlink()
    found, passes = embedded(folder)
    assert passes == 1
    assert "odd/1.png" not in found.ids
    assert_same(found, folder)


def test_other_labels_embed_nothing(folder):
    lines = ["path,label,maker"]
    lines += [
        f"{group}/{n}.png,a{n % 3},x" for n in range(40) for group in [("even", "odd")[n % 2]]
    ]
    (folder / "labels.csv").write_text("\n".join(lines))
    found, passes = embedded(folder)
    assert passes == 40
    assert found.columns == {"maker": ("x",) * 40}
    (folder / "labels.csv").write_text("\n".join(lines).replace("a1,x", "another,y"))
    found, passes = embedded(folder)
    assert passes == 0
    assert "another" in found.groups
    assert_same(found, folder)


def test_another_model_and_an_unreadable_picture(folder, own_cache):
    (folder / "odd" / "broken.png").write_text("no picture")
    found, passes = embedded(folder)
    assert passes == len(found) == 40
    opened = []
    folder_opened = Folder.__getitem__

    def counting(self, index):
        opened.append(index)
        return folder_opened(self, index)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Folder, "__getitem__", counting)
        assert embedded(folder)[1] == 0
    assert opened == []  # it isn't tried again until it changes
    other = MeanColour()
    other.fingerprint = "mean-colour-2"
    assert embedded(folder, other)[1] == 40
    assert len(list(own_cache.glob("tables/*.lance"))) == 1  # the earlier version's is gone


def test_stopped_work_goes_on_where_it_was(folder):
    def stop(done, total, what):
        if done == 25:
            raise StoppedError("stopped")

    first = MeanColour()
    with pytest.raises(StoppedError):
        embed(Folder(folder), first, stop)
    found, passes = embedded(folder)
    assert passes == 40 - 25
    assert_same(found, folder)


def test_killed_work_goes_on_where_it_was(folder, own_cache):
    program = (
        "import sys\n"
        "from mean_colour import MeanColour\n"
        "from replearn.data.folder import Folder\n"
        "from replearn.store import encoded, local_rows\n"
        "from replearn.store.table import embed\n"
        "encoded.PICTURE_BATCH = local_rows.BLOCK = 4\n"
        "MeanColour.pause = 0.3\n"
        "embed(Folder(sys.argv[1]), MeanColour())\n"
    )
    places = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], env={**os.environ, "PYTHONPATH": places}
    )
    deadline = time.monotonic() + 60
    while len(list(own_cache.glob("tables/*.lance/_versions/*"))) < 4:
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    found, passes = embedded(folder)
    assert 0 < passes <= 40 - 12
    assert_same(found, folder)


@pytest.mark.parametrize("pattern", ["*.lance/data/*", "*.lance/_versions/*", "*.json"])
def test_a_damaged_table_is_made_anew(folder, own_cache, pattern, caplog):
    embedded(folder)
    for path in (own_cache / "tables").glob(pattern):
        path.write_bytes(b"damaged")
    found, passes = embedded(folder)
    assert passes == 40
    assert_same(found, folder)
    (record,) = caplog.records
    assert "can't be read" in record.message
    assert "\n" not in record.message
    assert embedded(folder)[1] == 0


def test_a_full_disk_is_survived_and_what_was_kept_is_used(folder, caplog, monkeypatch):
    to_arrow = lance_shelf.to_arrow
    written = []

    def full(block):
        if len(written) == 1:
            raise OSError("No space left on device")
        written.append(block)
        return to_arrow(block)

    monkeypatch.setattr(lance_shelf, "to_arrow", full)
    found, passes = embedded(folder)
    assert_same(found, folder)
    assert passes == 40 + 16  # one block was kept, the one that failed is computed again
    (record,) = caplog.records
    assert "No space left" in record.message
    monkeypatch.undo()


def test_without_a_folder_to_write_to_tables_stay_in_memory(folder, monkeypatch):
    monkeypatch.setattr(table, "writable_folder", lambda wanted: None)
    encoder = MeanColour()
    found = embed(Folder(folder), encoder)
    assert embed(Folder(folder), encoder) is found
    assert encoder.passes == 40
    monkeypatch.setattr(table, "EXACT_LIMIT", 10)
    table._open.clear()
    with pytest.raises(InputError, match="room on disk"):
        embed(Folder(folder), encoder)


def test_models_that_give_nan_and_folders_without_pictures_are_one_sentence(folder, tmp_path):
    class Damaged(MeanColour):
        fingerprint = "damaged"

        def embed_pixels(self, pixels):
            return super().embed_pixels(pixels) * np.nan

    with pytest.raises(ModelError, match=r"NaN for even/0\.png"):
        embed(Folder(folder), Damaged())
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.png").write_text("no picture")
    with pytest.raises(InputError, match="No picture of"):
        embed(Folder(tmp_path / "broken"), MeanColour())


def test_data_sets_that_do_not_change_are_kept_by_their_fingerprint():
    encoder = MeanColour()
    for data in (Photos(), Shapes(size=70)):
        encoder.passes = 0
        found = embed(data, encoder)
        assert found.ids == tuple(data[i].id for i in range(len(data)))
        table._open.clear()
        again = embed(data, encoder)
        assert encoder.passes == len(data)
        np.testing.assert_array_equal(again.vectors, found.vectors)
        assert again.columns == found.columns
        assert again.groups == tuple(data.class_names[label] for label in again.labels)
