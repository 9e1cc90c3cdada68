"""Groups of a user's own pictures: columns of CSV, JSON Lines and Parquet; memory; bad input."""

import csv
import json
import tracemalloc

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.data.base import Sample
from replearn.results.rows.groups import read_answer_rows, write_answer_rows
from replearn.studies.answering.answerer import Answerer
from replearn.studies.groups import answers as room
from replearn.studies.groups.groups import groups

HTML = "<img src=x onerror=alert(1)>"


@pytest.fixture(params=["csv", "jsonl", "parquet"])
def folder(request, tmp_path):
    """Sixty squares, red or blue, with a place, an income, and nothing in a third column."""
    random = np.random.default_rng(0)
    lines = []
    for i in range(60):
        label = ("red", "blue")[i % 2]
        Image.new("RGB", (16, 16), label).save(tmp_path / f"{i}.png")
        lines.append(
            {
                "file_name": f"{i}.png",
                "label": label,
                "place": ("north", HTML)[i // 2 % 2],
                "income": f"{random.lognormal(3, 1):.2f}",
                "nothing": "",
            }
        )
    if request.param == "csv":
        with (tmp_path / "labels.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)
    elif request.param == "jsonl":
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / "metadata.jsonl").write_text(text, encoding="utf-8")
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(lines), tmp_path / "metadata.parquet")
    return f"folder:{tmp_path}"


@pytest.mark.slow
def test_columns_of_a_folder_are_groups(folder):
    found = replearn.groups(folder, "photo-clip", ["place", "income"])
    assert {row.name for row in found.groups(("place",))} == {"north", HTML}
    assert [row.accuracy.n for row in found.groups(("place",))] == [30, 30]
    bins = found.groups(("income",))
    assert [row.accuracy.n for row in bins] == [15] * 4
    assert sum(" to " in row.name for row in bins) == 4
    assert found.columns == ("label", "place", "income", "nothing")
    assert "income: numbers, in 4 bins of about the same size." in found.notes
    assert found.stamp.n == 60
    assert json.loads(json.dumps(found.to_dict()))["overall"]["n"] == 60
    with pytest.raises(InputError, match="has a value in the column nothing"):
        replearn.groups(folder, "photo-clip", ["nothing"])
    with pytest.raises(InputError, match=r"doesn't know 2 of the classes.*reads text"):
        replearn.groups(folder, "shapes-supervised", ["place"])


class Many:
    """Pictures that cost nothing, in fifty groups."""

    name, class_names = "many", ("a", "b")

    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        meta = {"group": f"g{index % 50}", "half": str(index % 2)}
        return Sample(Image.new("RGB", (32, 32)), index % 2, "", f"{index}", meta)

    def fingerprint(self):
        return f"many {self.count}"


class Guess:
    """A model that says what a number of the picture's pixels says: always the first."""

    name, fingerprint = "guess", "0"


def test_memory_hardly_grows_with_the_pictures(monkeypatch):
    def answerer(*_):
        run = Answerer(
            ("a", "b"),
            lambda images: np.zeros((len(images), 3, 4, 4), np.float32),
            lambda pixels: np.tile(np.float32([0.7, 0.3]), (len(pixels), 1)),
            {},
        )
        return run, {"a": 0, "b": 1}

    monkeypatch.setattr(room, "load_model", lambda _: Guess)
    monkeypatch.setattr(room, "answerer_about", answerer)
    peaks = []
    for count in (1000, 10_000):
        tracemalloc.start()
        found = groups(Many(count), "guess", ["group"])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(found.rows) == 50
        assert found.overall.n == count
    # numbers are kept of each picture, never the picture: 3 KB each here
    assert peaks[1] - peaks[0] < 9000 * 300


def test_answers_of_the_same_question_are_asked_once(monkeypatch):
    asked = []

    def counted(data, *_):
        asked.append(data.name)
        return object()

    monkeypatch.setattr(room, "load_model", lambda _: Guess)
    monkeypatch.setattr(room, "_asked", counted)
    data = Many(3)
    first = room.answers_of(data, "guess")
    assert room.answers_of(data, "guess") is first
    assert room.are_known(data, "guess", Question())
    assert room.answers_of(data, "guess", Question(labels=("b", "a"))) is not first
    assert asked == ["many", "many"]
    room._kept.clear()


def test_rows_of_answers_come_back_as_they_were_written(tmp_path):
    values = {
        "row": np.arange(3, dtype=np.int32),
        "truth": np.array([0, 1, 0], np.int32),
        "said": np.array([0, 0, 0], np.int32),
        "confidence": np.array([0.5, 0.25, 1], np.float32),
        "where": ["x", HTML, "x"],
    }
    path = tmp_path / "a.parquet"
    write_answer_rows(values, {"columns": ["where"], "classes": ["a", "b"]}, path)
    found, about = read_answer_rows(path)
    assert about["classes"] == ["a", "b"]
    assert found["where"].spelt() == values["where"]
    np.testing.assert_array_equal(found["truth"], values["truth"])
    with pytest.raises(InputError, match="assets --groups"):
        read_answer_rows(tmp_path / "b.parquet")
