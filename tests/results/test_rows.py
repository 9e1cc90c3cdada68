"""Rows as files: what is written is read again, added to, and merged."""

import csv
from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq
import pytest

from replearn.results.rows import Column, Table, Words, about_file, merged


@dataclass(frozen=True)
class Weighed:
    """A row of the tests."""

    name: str
    kind: str
    count: int
    weight: float


TABLE = Table(
    (
        Column("name"),
        Column("kind", "words"),
        Column("count", "int64", parse=int),
        Column("weight", "double", decimals=3, text=".3f", parse=float),
    )
)
ROWS = [Weighed("a, b", "fruit", 2, 0.125), Weighed('"c"', "fruit", 0, 1.5)]


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet", "rows.CSV"])
def test_rows_survive_a_file_and_can_be_chosen(tmp_path, name):
    path = tmp_path / "new" / name
    TABLE.write_rows(ROWS, path)
    assert TABLE.read_rows(Weighed, path) == ROWS
    assert TABLE.read_rows(Weighed, path, count=2) == ROWS[:1]
    assert [one.name for one in path.parent.iterdir()] == [name]  # nothing half written is left


def test_a_number_is_kept_to_its_decimals(tmp_path):
    row = Weighed("a", "b", 1, 0.12345)
    TABLE.write_rows([row], tmp_path / "rows.parquet")
    assert TABLE.read_rows(Weighed, tmp_path / "rows.parquet")[0].weight == 0.123
    TABLE.write_rows([row], tmp_path / "rows.csv")
    assert TABLE.read_rows(Weighed, tmp_path / "rows.csv")[0].weight == 0.123


def test_columns_survive_a_file_and_words_are_stored_once(tmp_path):
    path = tmp_path / "rows.parquet"
    kinds = Words(np.array([1, 0, 1], np.int32), ("fruit", "nut"))
    values = {"name": kinds, "kind": kinds, "count": np.arange(3), "weight": np.ones(3)}
    TABLE.write(values, path, {"seed": 3})
    found = TABLE.read(path)
    assert found["kind"].spelt() == found["name"].spelt() == ["nut", "fruit", "nut"]
    assert found["kind"].words == ("fruit", "nut")
    np.testing.assert_array_equal(found["count"], values["count"])
    assert about_file(path) == {"seed": 3}
    assert str(pq.read_schema(path).field("name").type) == "string"
    TABLE.write_rows(ROWS, path)
    assert about_file(path) == {}


def test_what_is_no_table_says_nothing_of_itself_and_has_no_rows(tmp_path):
    path = tmp_path / "rows.parquet"
    path.write_text("nothing")
    assert about_file(path) == {}
    with pytest.raises(ValueError, match="Parquet"):
        TABLE.read_rows(Weighed, path)
    (tmp_path / "rows.csv").write_text("name,kind\na,b\n")
    with pytest.raises(KeyError):
        TABLE.read_rows(Weighed, tmp_path / "rows.csv")


def test_a_file_that_grows_is_read_without_the_line_that_is_being_written(tmp_path):
    path = tmp_path / "rows.csv"
    growing = Table(TABLE.columns, grows=True)
    for row in ROWS:
        growing.append_row(row, path)
    with path.open("a", encoding="utf-8") as file:
        file.write("d,fru")
    assert growing.read_rows(Weighed, path) == ROWS
    with pytest.raises(TypeError):
        TABLE.read_rows(Weighed, path)
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(TABLE.names)


def test_new_rows_take_the_place_of_those_about_the_same():
    old = [Weighed("a", "x", 1, 0), Weighed("b", "x", 1, 0), Weighed("c", "gone", 1, 0)]
    new = [Weighed("a", "x", 2, 0), Weighed("a", "x", 3, 0)]
    found = merged(old, new, lambda row: row.name, lambda row: row.kind != "gone")
    assert found == [old[1], *new]
