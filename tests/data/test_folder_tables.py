"""Tables as people have them: other columns, other formats, other spreadsheets, missing files."""

import io
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from PIL import Image

from replearn.core.errors import InputError
from replearn.data import samples
from replearn.data.folder import Folder
from replearn.data.folders import parquet


def pictures(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (4, 4), "red").save(root / name)
    return root


def known(data: Folder) -> dict[str, str | None]:
    return {s.id: None if s.label is None else data.class_names[s.label] for s in samples(data)}


TWO = {"a.png": "cat", "b.png": "dog"}


# columns


@pytest.mark.parametrize(
    "key", ["filename", "image", "image_path", "img", "File Name", "imagePath"]
)
@pytest.mark.parametrize("column", ["class", "category", "Label", "species", "target", "Klasse"])
def test_columns_by_any_usual_name(key: str, column: str, tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "labels.csv").write_text(f"id,{key},{column}\n1,a.png,cat\n2,b.png,dog\n")
    data = Folder(tmp_path)
    assert known(data) == TWO
    assert data[0].meta == {"id": "1"}
    assert data.taken == f"Pictures from column {key}, labels from column {column} of labels.csv."


def test_a_column_of_any_name_that_holds_names_of_pictures(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "tabelle.csv").write_text("Nummer;Dateiname;Kategorie\n1;a.png;cat\n2;b.png;dog\n")
    assert known(Folder(tmp_path)) == TWO


def test_a_table_without_headings(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "labels.csv").write_text("a.png,cat,7\nb.png,dog,9\n")
    data = Folder(tmp_path)
    assert known(data) == TWO
    assert data[1].meta == {"column 3": "9"}


def test_labels_beside_pictures_that_lie_elsewhere_in_the_folder(tmp_path: Path) -> None:
    pictures(tmp_path, "images/a.png", "images/deep/b.png", "images/c.png")
    table = "image_id,label\na,cat\nB.PNG,dog\nC:\\Users\\me\\c.png,cow\n"
    (tmp_path / "labels.csv").write_text(table)
    wanted = {"images/a.png": "cat", "images/deep/b.png": "dog", "images/c.png": "cow"}
    assert known(Folder(tmp_path)) == wanted
    inside = f"path,label\n{tmp_path}/images/a.png,cat\n"
    (tmp_path / "labels.csv").write_text(inside)
    data = Folder(tmp_path)
    assert known(data) == {"images/a.png": "cat"}
    assert data.taken.endswith("2 more of the folder's pictures aren't named there.")


def test_a_table_of_another_name_doesn_t_take_the_place_of_class_folders(tmp_path: Path) -> None:
    pictures(tmp_path, "cat/a.png", "dog/b.png")
    (tmp_path / "results.csv").write_text("filename,category\ncat/a.png,wolf\n")
    assert Folder(tmp_path).class_names == ("cat", "dog")
    (tmp_path / "broken.parquet").write_bytes(b"no parquet")
    (tmp_path / "empty.csv").touch()
    assert Folder(tmp_path).class_names == ("cat", "dog")


# the conventions of the hub


def test_metadata_as_the_hub_has_it(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "metadata.csv").write_text("file_name,label,text\na.png,cat,A cat.\nb.png,dog,\n")
    data = Folder(tmp_path)
    assert known(data) == TWO
    assert [s.caption for s in samples(data)] == ["A cat.", "dog"]
    (tmp_path / "metadata.csv").unlink()
    lines = [
        {"file_name": "a.png", "label": "cat", "objects": {"bbox": [1, 2]}},
        {"file_name": "b.png", "label": "dog", "age": 3},
    ]
    (tmp_path / "metadata.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    data = Folder(tmp_path)
    assert known(data) == TWO
    assert data[0].meta == {"objects": '{"bbox": [1, 2]}', "age": ""}
    (tmp_path / "metadata.jsonl").write_text("[1, 2]\n")
    with pytest.raises(InputError, match="isn't readable JSON Lines; write an object on each"):
        Folder(tmp_path)


def test_metadata_inside_each_split(tmp_path: Path) -> None:
    pictures(tmp_path, "pets/train/a.png", "pets/train/in/b.png", "pets/test/a.png")
    (tmp_path / "pets/train/metadata.csv").write_text("file_name,label\na.png,cat\nin/b.png,dog\n")
    (tmp_path / "pets/test/metadata.jsonl").write_text('{"file_name": "a.png", "label": "dog"}\n')
    data = Folder(tmp_path)
    assert known(data) == {
        "pets/test/a.png": "dog",
        "pets/train/a.png": "cat",
        "pets/train/in/b.png": "dog",
    }
    assert data.splits == ("test", "train")
    assert known(Folder(tmp_path, "test")) == {"pets/test/a.png": "dog"}


def test_a_table_for_each_split_and_a_column_of_splits(tmp_path: Path) -> None:
    pictures(tmp_path, "train/a.png", "test/a.png", "test/b.png")
    (tmp_path / "train.csv").write_text("image_id,label\na,cat\n")
    (tmp_path / "test.csv").write_text("image_id,label\na,dog\nb,dog\n")
    data = Folder(tmp_path)
    assert known(data) == {"test/a.png": "dog", "test/b.png": "dog", "train/a.png": "cat"}
    assert data.splits == ("test", "train")
    (tmp_path / "labels.csv").write_text(
        "path,label,Split\ntrain/a.png,cat,fit\ntest/a.png,dog,held\n"
    )
    data = Folder(tmp_path)
    assert data.splits == ("fit", "held")
    assert known(Folder(tmp_path, "held")) == {"test/a.png": "dog"}


def png(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (6, 5), colour).save(buffer, "PNG")
    return buffer.getvalue()


def hub_parquet(root: Path, split: str, colours: list[str]) -> None:
    """Write pictures and labels as the hub's library does."""
    cells = [{"bytes": png(colour), "path": f"{i}.png"} for i, colour in enumerate(colours)]
    table = pyarrow.table({"image": cells, "label": [i % 2 for i in range(len(colours))]})
    features = {"label": {"names": ["zebra", "ant"], "_type": "ClassLabel"}}
    notes = {b"huggingface": json.dumps({"info": {"features": features}}).encode()}
    (root / "data").mkdir(exist_ok=True)
    pyarrow.parquet.write_table(
        table.replace_schema_metadata(notes),
        root / "data" / f"{split}-00000-of-00001.parquet",
        row_group_size=2,
    )


def test_the_hub_s_parquet_holds_its_pictures(tmp_path: Path) -> None:
    hub_parquet(tmp_path, "train", ["red", "blue", "lime", "black", "white"])
    hub_parquet(tmp_path, "test", ["black"])
    (tmp_path / "README.md").write_text("# pets")
    data = Folder(tmp_path)
    assert data.class_names == ("zebra", "ant")  # in the order that the file says
    assert data.splits == ("test", "train")
    train = Folder(tmp_path, "train")
    found = list(samples(train))
    assert [s.id for s in found] == [f"train/{i}.png" for i in range(5)]
    assert [s.caption for s in found] == ["zebra", "ant", "zebra", "ant", "zebra"]
    assert [s.image.getpixel((0, 0)) for s in found[:3]] == [(255, 0, 0), (0, 0, 255), (0, 255, 0)]
    assert train[4].image.getpixel((0, 0)) == (255, 255, 255)  # of another row group
    assert len({train.entry(i).id for i in range(5)}) == 5
    assert "Pictures from column image, labels from column label" in data.taken


def test_a_binary_column_and_rows_without_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [png("red"), None, b"%PDF-1.7"]
    table = pyarrow.table({"jpg": pyarrow.array(cells, pyarrow.binary()), "class": ["a", "b", "a"]})
    pyarrow.parquet.write_table(table, tmp_path / "pets.parquet")
    data = Folder(tmp_path)
    assert data.class_names == ("a", "b")
    assert data[0].image.getpixel((0, 0)) == (255, 0, 0)
    with pytest.raises(InputError, match="holds no picture in row 2"):
        data[1]
    with pytest.raises(InputError, match=r"^pets\.parquet#3 is a PDF"):
        data[2]
    monkeypatch.setattr(parquet, "LARGEST_GROUP", 10)
    with pytest.raises(InputError, match="smaller row groups"):
        Folder(tmp_path)[0]


# spreadsheets


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_spreadsheet_s_csv(encoding: str, separator: str, tmp_path: Path) -> None:
    pictures(tmp_path, "in/a.png", "b.png")
    lines = [["path", "label", "Höhe"], ["in\\a.png", "Käfer", "3"], ["b.png", "dog", "4"]]
    text = "\r\n".join(separator.join(line) for line in lines) + "\r\n"
    (tmp_path / "labels.csv").write_bytes(text.encode(encoding))
    data = Folder(tmp_path)
    assert known(data) == {"in/a.png": "Käfer", "b.png": "dog"}
    assert data[0].meta == {"Höhe": "3"}


def test_decimal_commas_become_points_in_columns_of_numbers(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "labels.csv").write_text(
        'sep=;\npath;label;weight;size;note\na.png;cat;1,5;1.234,5;"7,5"\nb.png;dog;2;;7,5 or so\n'
    )
    data = Folder(tmp_path)
    assert data[0].meta == {"weight": "1.5", "size": "1234.5", "note": "7,5"}
    assert data[1].meta == {"weight": "2", "size": "", "note": "7,5 or so"}


def test_a_class_index_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "labels.csv").write_text(
        "path,class_index,class_name\na.png,10.0,ant\nb.png,9.0,zebra\n"
    )
    assert Folder(tmp_path).class_names == ("zebra", "ant")


def test_tab_separated_values(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png")
    (tmp_path / "labels.tsv").write_text("file\tlabel\na.png\tcat\nb.png\tdog, brown\n")
    assert known(Folder(tmp_path)) == {"a.png": "cat", "b.png": "dog, brown"}


# files that aren't there


def test_what_a_table_names_and_isn_t_there_is_left_out_and_told(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "sub/x.png", "other/x.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "nowhere.png")
    (tmp_path / "labels.csv").write_text(
        "path,label\na.png,cat\ngone.png,dog\n,dog\n../../etc/passwd,dog\n"
        "https://example.org/b.png,dog\nx.png,dog\nlink.png,dog\nsub,dog\n"
    )
    data = Folder(tmp_path)
    assert known(data) == {"a.png": "cat"}
    assert data.left_out == (
        "labels.csv, picture 2, names gone.png, which isn't there.",
        "labels.csv, picture 3, names no file; fill in its path or delete the line.",
        "labels.csv, picture 4, leads out of the folder (../../etc/passwd); write a path that is "
        "relative to the folder.",
        "labels.csv, picture 5, is an address (https://example.org/b.png); download the pictures, "
        "and write their paths.",
        "labels.csv, picture 6, names x.png, which isn't there.",
        "labels.csv, picture 7, names link.png, which isn't a file, or a link to one that is gone.",
        "labels.csv, picture 8, names sub, which isn't a file, or a link to one that is gone.",
    )
    assert not any(str(tmp_path) in told for told in data.left_out)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("labels.jsonl", b'{"path":' + b"[" * 100_000, "isn't readable JSON Lines"),
        ("labels.csv", "path,label\na.png,c\0at\n".encode("utf-16"), "isn't a text file"),
    ],
)
def test_tables_that_nobody_writes_are_one_sentence(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        Folder(tmp_path)


def test_a_time_out_of_range_in_parquet_is_one_sentence(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = {"path": ["a.png"], "when": pa.array([2**62], pa.timestamp("us"))}
    pq.write_table(pa.table(table), tmp_path / "labels.parquet")
    with pytest.raises(InputError, match="isn't a readable Parquet file"):
        Folder(tmp_path)


def test_a_table_of_which_nothing_is_there(tmp_path: Path) -> None:
    pictures(tmp_path, "z.png")
    (tmp_path / "labels.csv").write_text("path,label\na.png,cat\nb.png,dog\n")
    with pytest.raises(
        InputError,
        match=r"^None of the 2 pictures that labels\.csv names can be used: labels\.csv, picture 1",
    ):
        Folder(tmp_path)
