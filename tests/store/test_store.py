import sqlite3
from functools import partial

import numpy as np
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.visitors.precedence import QUESTIONS
from replearn.store.encoded import PICTURE_BATCH, STEP, encode_stream
from replearn.store.vector_cache import VectorCache


def test_vectors_come_back_from_disk(tmp_path):
    path = tmp_path / "v.sqlite"
    vector = np.arange(4, dtype=np.float32)
    VectorCache(path).put("m", {"a": vector})
    found = VectorCache(path).get("m", ["a", "b"])
    assert list(found) == ["a"]
    np.testing.assert_array_equal(found["a"], vector)
    assert VectorCache(path).get("other", ["a"]) == {}


def test_the_least_recent_leave_memory():
    cache = VectorCache(None, in_memory=2)
    for key in "abc":
        cache.put("m", {key: np.zeros(1, np.float32)})
    assert set(cache.get("m", "abc")) == {"b", "c"}


def test_a_damaged_file_and_a_full_disk_are_survived(tmp_path, caplog):
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"no database at all" * 100)
    cache = VectorCache(path)
    cache.put("m", {"a": np.ones(2, np.float32)})
    assert "a" in cache.get("m", ["a"])
    assert "aren't kept on disk" in caplog.text

    full = VectorCache(tmp_path / "w.sqlite")

    class Full:
        def executemany(self, *_):
            raise sqlite3.OperationalError("database or disk is full")

        execute = executemany

    full._file = Full()
    full.put("m", {"a": np.ones(2, np.float32)})
    assert "a" in full.get("m", ["a"])
    assert full._file is None


def test_a_stream_keeps_order_skips_what_cannot_be_opened_and_holds_few_pictures():
    opened, most = [0], [0]
    done = [0]

    def opener(i):
        def opening():
            opened[0] += 1
            most[0] = max(most[0], opened[0] - done[0])
            if i % 7 == 3:
                raise InputError("no picture")
            return Image.new("RGB", (2, 2), (i % 256, 0, 0))

        return opening

    def preprocess(images):
        return np.stack([np.asarray(image, np.float32).transpose(2, 0, 1) for image in images])

    def run(pixels):
        return pixels[:, :1, 0, 0]

    for i, row in enumerate(encode_stream(map(opener, range(300)), preprocess, run)):
        done[0] = i
        assert (row is None) == (i % 7 == 3)
        assert row is None or row[0] == i % 256
    assert i == 299
    assert most[0] <= 3 * 32


def test_while_others_ask_a_batch_takes_small_steps_and_gives_the_same():
    sizes = []

    def run(pixels):
        sizes.append(len(pixels))
        return pixels.mean((1, 2, 3))[:, None]

    def preprocess(pictures):
        return np.stack([np.asarray(one, np.float32) for one in pictures])

    openers = [partial(Image.new, "RGB", (2, 2), (i, i, i)) for i in range(PICTURE_BATCH + 3)]
    QUESTIONS._last = float("-inf")  # whatever other tests asked
    alone = np.stack(list(encode_stream(openers, preprocess, run)))
    assert sizes == [PICTURE_BATCH, 3]
    sizes.clear()
    with QUESTIONS.asked():
        beside = np.stack(list(encode_stream(openers, preprocess, run)))
    assert sizes == [*[STEP] * (PICTURE_BATCH // STEP), 3]
    np.testing.assert_array_equal(alone, beside)
