"""Two apps that share a cache, and a clock that jumps."""

import os
import runpy
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from replearn.core import processes
from replearn.data.folder import Folder
from replearn.results.rows.training import TABLE, read_rows
from replearn.results.training import Row
from replearn.store import lance_shelf, table
from replearn.store.block import catalogue_of
from replearn.store.local_rows import LocalRows
from replearn.store.vector_cache import VectorCache
from replearn.training import alive

MeanColour = runpy.run_path(str(Path(__file__).parents[1] / "store" / "mean_colour.py"))[
    "MeanColour"
]


def test_two_apps_share_the_vectors_of_texts(tmp_path):
    first, second = VectorCache(tmp_path / "v.sqlite"), VectorCache(tmp_path / "v.sqlite")
    first.put("m", {"a": np.ones(2, np.float32)})
    second.put("m", {"b": np.zeros(2, np.float32)})
    assert set(first.get("m", ["a", "b"])) == set(second.get("m", ["a", "b"])) == {"a", "b"}


@pytest.mark.slow
def test_two_apps_that_embed_the_same_pictures_both_answer(pictures, own_cache, caplog):
    data = Folder(pictures)
    encoder = MeanColour()
    (own_cache / "tables").mkdir(parents=True)
    name = table._plain_name(data, encoder, catalogue_of(data).place)
    other = lance_shelf.LanceShelf(own_cache / "tables", name)  # it has seen no table yet
    found = table.embed(data, encoder)
    catalogue = catalogue_of(data)
    for block in LocalRows(data, encoder, catalogue)(range(12), lambda *_: None):
        with pytest.raises(lance_shelf.StoreError, match="aren't kept on disk"):
            other.add(block)  # `embed` goes on in memory then
    table._open.clear()
    again = table.embed(data, MeanColour())
    assert again.ids == found.ids
    np.testing.assert_array_equal(again.vectors, found.vectors)


def test_two_apps_that_write_the_same_rows_leave_whole_ones(tmp_path):
    rows = [Row(step, 0.5, 1.0, None, None, None, None, 5.0) for step in range(50)]
    failed = []

    def write():
        try:
            for _ in range(20):
                TABLE.write_rows(rows, tmp_path / "rows.csv")
        except OSError as error:
            failed.append(error)

    both = [threading.Thread(target=write) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failed == []
    assert len(read_rows(tmp_path)) == 50
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


@pytest.mark.parametrize("hours", [-24, -1, 0])
def test_a_run_goes_on_being_seen_when_the_clock_jumps_back(tmp_path, monkeypatch, hours):
    now = time.time()
    monkeypatch.setattr(alive.time, "time", lambda: now + 3600 * hours)
    with alive.alive(tmp_path):
        (tmp_path / "pid").write_text(str(os.getppid()))
        assert alive.is_going(tmp_path)
    (tmp_path / "pid").write_text("4194305")  # more than there may be
    assert not alive.is_going(tmp_path)


def test_a_process_is_asked_for_on_windows_too(monkeypatch):
    import types

    class Kernel:
        def OpenProcess(self, ask, inherit, pid):
            return pid if pid in {5, 6} else 0

        def GetExitCodeProcess(self, process, code):
            code.value = 259 if process == 5 else 0

        def CloseHandle(self, process):
            pass

        def GetLastError(self):
            return 87

    class Number:
        value = 0

    fake = types.SimpleNamespace(
        windll=types.SimpleNamespace(kernel32=Kernel()), c_ulong=Number, byref=lambda one: one
    )
    monkeypatch.setattr(processes.importlib, "import_module", lambda _: fake)
    assert [processes._is_alive_on_windows(pid) for pid in (5, 6, 7)] == [True, False, False]
