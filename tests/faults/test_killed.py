"""What is lost when the process ends in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from replearn.core.kept_answers import kept_answers
from replearn.encoders import lab
from replearn.results.distortions import Trial
from replearn.results.rows.training import TABLE, read_rows
from replearn.results.training import Row
from replearn.store import lance_shelf, layouts
from replearn.store.block import Block, Words
from replearn.store.embedding_table import Origin
from replearn.studies.distortions.journal import Journal

ROOT = Path(__file__).resolve().parents[2]
TRIAL = Trial("a.png", "pixels", "1", "contrast", 0.5, "cät", "cät", 0.5, 0)


class Killed(BaseException):
    """Ends the work where it stands, as a process that is killed: nothing is tidied up after."""


def killed(*_: object, **__: object) -> None:
    raise Killed


def test_a_sweep_loses_the_line_that_it_was_writing(tmp_path):
    about = {"data": "shäpes", "seed": 0}
    journal = Journal(tmp_path / "rows.csv", about)
    journal.append([TRIAL, TRIAL])
    whole = journal.path.read_bytes()
    head = whole.index(b"\n") + 1
    for end, rows in ((0, 0), (5, 0), (head - 1, 0), (head, 0), (head + 9, 0), (len(whole) - 1, 1)):
        journal.path.write_bytes(whole[:end])
        again = Journal(tmp_path / "rows.csv", about)
        assert len(again.read()) == rows
        again.append([TRIAL])
        assert again.read() == [TRIAL] * (rows + 1)


def test_rows_that_were_being_saved_leave_the_file_as_it_was(tmp_path, monkeypatch):
    rows = [Row(step, step / 2, 1.0, None, None, None, None, 5.0) for step in range(4)]
    TABLE.write_rows(rows[:2], tmp_path / "rows.csv")
    before = (tmp_path / "rows.csv").read_bytes()
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(Killed):
        TABLE.write_rows(rows, tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_bytes() == before
    assert len(read_rows(tmp_path)) == 2


def test_a_map_that_was_being_saved_is_computed_anew(own_cache, monkeypatch):
    layout = layouts.Layout(np.zeros((3, 2), np.float32), {"trust": 1.0}, np.zeros(3, np.float32))
    save = np.savez

    def half(file, **arrays):
        save(file, **arrays)
        file.truncate(100)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(layouts.np, "savez", half)
        with pytest.raises(Killed):
            layouts.keep_layout(layout, "pca-3.npz")
    assert layouts.find_layout("pca-3.npz") is None
    layouts.keep_layout(layout, "pca-3.npz", own_cache / "layouts")
    assert (own_cache / "layouts" / "pca-3.npz").exists()


@pytest.mark.slow
def test_a_dictionary_that_was_being_written_is_no_model_and_is_learnt_anew(own_cache, monkeypatch):
    from replearn.training import train

    tiny = {"model": "pixels", "pictures": 100, "latents": 8, "k": 2, "steps": 2, "batch": 16}
    train("sae", name="tried", **tiny)
    with monkeypatch.context() as patch:
        patch.setattr("replearn.training.sparse_autoencoder.recipe.json.dumps", killed)
        with pytest.raises(Killed):
            train("sae", name="tried", **tiny, seed=1)
    assert lab.run_names() == []  # not the new weights with the old card
    train("sae", name="tried", **tiny, seed=1)
    assert lab.run_names() == ["tried"]


@pytest.mark.slow
def test_an_index_that_was_being_built_is_built_when_the_table_is_next_asked_for(
    tmp_path, monkeypatch
):
    origin = Origin("data", "model", "1")
    vectors = np.eye(4, 8, dtype=np.float32)
    words = [Words(str(row), 0, "", "cat", {}) for row in range(4)]
    monkeypatch.setattr(lance_shelf, "EXACT_LIMIT", 2)
    shelf = lance_shelf.LanceShelf(tmp_path, "large")
    shelf.add(Block([word.id for word in words], words, vectors, [b""] * 4))
    monkeypatch.setattr(lance_shelf, "up_to_date_index", killed)
    with pytest.raises(Killed):
        shelf.finish(origin, "first")
    built = []
    monkeypatch.setattr(
        lance_shelf, "up_to_date_index", lambda *_: built.append(1) or {"graphs": 1, "recall": 1.0}
    )
    again = lance_shelf.LanceShelf(tmp_path, "large")
    assert again.keys() == {"0", "1", "2", "3"}
    again.finish(origin, "first")
    assert built == [1]


class Slow(BaseHTTPRequestHandler):
    """Sends a megabyte, 20 kB at a time, from where it is asked for."""

    content = np.random.default_rng(0).bytes(1_000_000)
    begins: list[int] = []  # noqa: RUF012

    def do_GET(self):
        begin = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.begins.append(begin)
        self.send_response(206 if begin else 200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(self.content) - begin))
        self.end_headers()
        for at in range(begin, len(self.content), 20_000):
            self.wfile.write(self.content[at : at + 20_000])
            time.sleep(0.005 if begin else 0.05)

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.mark.slow
def test_a_download_loses_nothing_that_came(tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/a"
    program = (
        "import sys, urllib.request\n"
        "from pathlib import Path\n"
        "from replearn.core.kept_answers import kept_answers\n"
        "with kept_answers(Path(sys.argv[1]), lambda _: None):\n"
        "    urllib.request.urlopen(sys.argv[2]).read()\n"
    )
    asking = subprocess.Popen([sys.executable, "-c", program, tmp_path, address], cwd=ROOT)
    limit = time.monotonic() + 60
    while sum(path.stat().st_size for path in tmp_path.glob("*")) < 100_000:
        assert time.monotonic() < limit
        time.sleep(0.01)
    os.kill(asking.pid, signal.SIGKILL)
    asking.wait()
    import urllib.request

    with kept_answers(tmp_path, lambda _: None), urllib.request.urlopen(address) as answer:
        assert answer.read() == Slow.content
    assert Slow.begins[-1] >= 90_000
    server.shutdown()
