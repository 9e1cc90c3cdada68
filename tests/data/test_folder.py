"""A user's own folder: three layouts, and what may be wrong with each."""

import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from replearn.core.errors import InputError
from replearn.data import Dataset, folder, load_dataset, samples
from replearn.data.folder import Folder


def picture(path: Path, colour: str = "red") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (4, 4), colour).save(path)
    return path


def refusal(path: str | Path) -> str:
    with pytest.raises(InputError) as caught:
        Folder(path)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def refused_table(root: Path, text: str) -> str:
    (root / "labels.csv").write_text(text, encoding="utf-8")
    return refusal(root)


# layouts


def test_class_folders(tmp_path: Path) -> None:
    picture(tmp_path / "dog" / "b.png")
    picture(tmp_path / "dog" / "deeper" / "a.JPG")
    picture(tmp_path / "cat" / "a.png", "blue")
    picture(tmp_path / "cat" / ".hidden.png")
    picture(tmp_path / ".cache" / "x.png")
    picture(tmp_path / "__MACOSX" / "x.png")
    picture(tmp_path / "loose.png")
    (tmp_path / "dog" / "notes.txt").write_text("no picture")
    (tmp_path / "dog" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    dataset = load_dataset(f"folder:{tmp_path}")
    assert isinstance(dataset, Dataset)
    assert dataset.name == f"folder:{tmp_path}"
    assert dataset.class_names == ("cat", "dog")
    assert [(sample.id, sample.label, sample.caption) for sample in samples(dataset)] == [
        ("cat/a.png", 0, "cat"),
        ("dog/b.png", 1, "dog"),
        ("dog/deeper/a.JPG", 1, "dog"),
        ("loose.png", None, ""),
    ]
    assert dataset[0].image.getpixel((0, 0)) == (0, 0, 255)
    with pytest.raises(IndexError):
        dataset[4]


def test_a_flat_folder_has_no_labels(tmp_path: Path) -> None:
    picture(tmp_path / "b.png")
    picture(tmp_path / "a.webp")
    dataset = Folder(tmp_path)
    assert dataset.class_names == ()
    assert [(sample.id, sample.label) for sample in samples(dataset)] == [
        ("a.webp", None),
        ("b.png", None),
    ]


@pytest.mark.parametrize("columns", ["path,label", "file,class_name"])
def test_a_table_names_pictures_labels_captions_and_groups(columns: str, tmp_path: Path) -> None:
    picture(tmp_path / "in" / "x.png")
    picture(tmp_path / "y.png")
    (tmp_path / "labels.csv").write_text(
        f"\ufeff{columns},caption,country\nin\\x.png,dog,A dog.,Chad\ny.png,cat,,\ny.png,,,Peru\n",
        encoding="utf-8",
    )
    dataset = Folder(tmp_path)
    assert dataset.class_names == ("cat", "dog")
    found = list(samples(dataset))
    assert [(s.id, s.label, s.caption) for s in found] == [
        ("in/x.png", 1, "A dog."),
        ("y.png", 0, "cat"),
        ("y.png#2", None, ""),
    ]
    assert [dict(s.meta) for s in found] == [
        {"country": "Chad"},
        {"country": ""},
        {"country": "Peru"},
    ]


def test_class_index_gives_the_order_and_keeps_namesakes_apart(tmp_path: Path) -> None:
    for name in "abcd":
        picture(tmp_path / f"{name}.png")
    (tmp_path / "labels.csv").write_text(
        "file,class_index,class_name\na.png,517,crane\nb.png,9,ostrich\nc.png,134,crane\n"
        "d.png,9,ostrich\n"
    )
    dataset = Folder(tmp_path)
    assert dataset.class_names == ("ostrich", "crane", "crane")
    assert [sample.label for sample in samples(dataset)] == [2, 0, 1, 0]
    assert dataset[0].meta == {"class_index": "517"}


def test_another_table_counts_if_it_names_pictures(tmp_path: Path) -> None:
    picture(tmp_path / "dog" / "a.png")
    (tmp_path / "readings.csv").write_text("time,value\n1,2\n")
    assert Folder(tmp_path).class_names == ("dog",)
    (tmp_path / "survey.csv").write_text("path,label\ndog/a.png,wolf\n")
    assert Folder(tmp_path).class_names == ("wolf",)
    (tmp_path / "second.csv").write_text("path,label\ndog/a.png,fox\n")
    assert "several tables (second.csv, survey.csv)" in refusal(tmp_path)
    (tmp_path / "labels.csv").write_text("path,label\ndog/a.png,hyena\n")
    assert Folder(tmp_path).class_names == ("hyena",)


def test_parquet_without_pyarrow_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "labels.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)  # as if it weren't installed
    assert "labels.parquet needs the package pyarrow" in refusal(tmp_path)


def test_a_real_parquet_file(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow isn't installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow isn't installed")
    picture(tmp_path / "a.png")
    table = pyarrow.table({"path": ["a.png"], "label": ["cat"], "age": [7]})
    parquet.write_table(table, tmp_path / "labels.parquet")
    assert Folder(tmp_path)[0].meta == {"age": "7"}
    (tmp_path / "labels.parquet").write_bytes(b"no parquet")
    assert "isn't a readable Parquet file" in refusal(tmp_path)


# what may be wrong


def test_missing_file_and_empty_are_told_apart(tmp_path: Path) -> None:
    assert "There is no folder called" in refusal(tmp_path / "nowhere")
    assert "There is no folder called" in refusal("a\0b")
    assert "There is no folder called" in refusal("~nobody-of-this-name/pictures")
    assert "can't be read" in refusal("x" * 5_000)
    assert "is a file; name the folder" in refusal(picture(tmp_path / "a.png"))
    (tmp_path / "empty").mkdir()
    assert "holds no pictures" in refusal(tmp_path / "empty")
    (tmp_path / "empty" / "notes.txt").write_text("x")
    assert "holds no pictures" in refusal(tmp_path / "empty")


@pytest.mark.parametrize(
    "path",
    ["../../secret.png", "in/../../secret.png", "/etc/secret.png", "..\\secret.png", "C:\\s.png"],
)
def test_a_table_can_t_lead_out_of_the_folder(path: str, tmp_path: Path) -> None:
    message = refused_table(tmp_path, f"path,label\n{path},dog\n")
    assert message.startswith("labels.csv, picture 1, leads out of the folder")
    assert path in message


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_can_t_lead_out_of_the_folder(tmp_path: Path) -> None:
    secret = picture(tmp_path / "secret" / "s.png")
    inside = tmp_path / "inside"
    picture(inside / "real.png")
    (inside / "alias.png").symlink_to(inside / "real.png")
    (inside / "link.png").symlink_to(secret)
    (inside / "way").symlink_to(secret.parent)
    dataset = Folder(inside)
    assert [row.id for row in dataset._rows] == ["alias.png", "link.png", "real.png"]
    assert dataset[0].image.size == (4, 4)
    with pytest.raises(InputError, match=r"^link\.png is a link that leads out"):
        dataset[1]
    for path in ("link.png", "way/s.png"):
        assert "is a link that leads out of the folder" in refused_table(inside, f"path\n{path}\n")
    # a folder that is itself reached by a link is fine
    (inside / "labels.csv").unlink()
    (tmp_path / "door").symlink_to(inside)
    assert Folder(tmp_path / "door")[2].id == "real.png"


def test_tables_that_can_t_be_used(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    message = refused_table(tmp_path, "number,answer\n1,yes\n")
    assert "no column called path or file" in message
    assert "it has number, answer" in message
    assert "has no lines" in refused_table(tmp_path, "path,label\n")
    assert "has no lines" in refused_table(tmp_path, "")
    assert "picture 1, names no file" in refused_table(tmp_path, "path,label\n,y\n")
    assert "class_index 'one'" in refused_table(
        tmp_path, "path,class_index,class_name\na.png,one,cat\n"
    )
    assert "class_index 1 two names (cat, dog)" in refused_table(
        tmp_path, "path,class_index,class_name\na.png,1,cat\na.png,1,dog\n"
    )
    assert "isn't a readable CSV" in refused_table(tmp_path, "path\n" + "x" * 200_000)
    (tmp_path / "labels.csv").write_bytes(b"PK\3\4\0\0")
    assert "isn't a text file; save the table as CSV" in refusal(tmp_path)


def test_a_bad_picture_is_found_when_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "dog").mkdir()
    (tmp_path / "dog" / "broken.png").write_text("no picture")
    picture(tmp_path / "dog" / "good.png")
    dataset = Folder(tmp_path)
    with pytest.raises(InputError, match=r"^dog/broken\.png is a text file, not a picture"):
        dataset[0]
    assert dataset[1].image.size == (4, 4)
    (tmp_path / "dog" / "broken.png").unlink()
    with pytest.raises(InputError, match=r"^There is no file called dog/broken\.png"):
        dataset[0]


@pytest.mark.slow
def test_ten_thousand_pictures_are_listed_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for label in range(10):
        (tmp_path / f"class{label}").mkdir()
    for number in range(10_000):
        (tmp_path / f"class{number % 10}" / f"{number}.jpg").touch()
    monkeypatch.setattr(folder, "open_image", None)
    dataset = Folder(tmp_path)
    assert len(dataset) == 10_000
    assert len(dataset.class_names) == 10


def test_the_fingerprint_notices_every_change(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    table = tmp_path / "labels.csv"
    seen = []

    def note() -> None:
        seen.append(Folder(tmp_path).fingerprint())

    table.write_text("path,label\na.png,cat\n")
    note()
    assert Folder(tmp_path).fingerprint() == seen[0]
    table.write_text("path,label\na.png,dog\n")
    note()
    table.write_text("path,label,caption\na.png,dog,A dog.\n")
    note()
    table.write_text("path,label,country\na.png,dog,Chad\n")
    note()
    os.utime(path, (1, 1))
    note()
    path.write_bytes(path.read_bytes() + b"\0")
    os.utime(path, (1, 1))
    note()
    picture(tmp_path / "b.png")
    table.write_text("path,label,country\na.png,dog,Chad\nb.png,dog,Chad\n")
    note()
    path.unlink()
    note()
    assert len(set(seen)) == len(seen)


# by name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "emojis",
            "There is no data set called 'emojis'; choose one of shapes, shapes-free, "
            "shapes-easy, shapes-shifted:SHIFT, shapes-tied:SHARE, emoji, emoji-redrawn:HAND, "
            "emoji-people, photos, photo-crops, folder:PATH",
        ),
        ("emojis", "Did you mean emoji?"),
        ("", "There is no data set called ''"),
        ("folder:", "Name the folder after the colon"),
        ("folder", "Name the folder after the colon"),
        ("photos:cats", "takes nothing after a colon"),
    ],
)
def test_unknown_names(name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load_dataset(name)
    assert message in str(caught.value)


def test_the_imagenet_samples() -> None:
    default = Path(__file__).parents[3] / "shared"
    root = Path(os.environ.get("REPLEARN_SHARED", default)) / "data" / "imagenet_samples"
    if not root.is_dir():
        pytest.skip("shared/data/imagenet_samples isn't there (set REPLEARN_SHARED)")
    dataset = Folder(root)
    assert len(dataset) == len(dataset.class_names) == 500
    assert dataset.class_names[0] == "tench"
    indices = [int(dataset._rows[i].meta["class_index"]) for i in range(500)]
    labels = [row.label for row in dataset._rows]
    assert [label for _, label in sorted(zip(indices, labels, strict=True))] == list(range(500))
    assert dataset[0].image.mode == "RGB"


def test_what_is_brought_to_the_page_is_out_of_sight(tmp_path, monkeypatch):
    uploads = tmp_path / "uploads"
    (uploads / "one").mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(uploads / "one" / "picture.png")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(uploads))
    for place in (tmp_path, uploads, uploads / "one"):
        with pytest.raises(InputError, match="by others too"):
            Folder(place)
    beside = tmp_path / "beside"
    beside.mkdir()
    Image.new("RGB", (8, 8)).save(beside / "picture.png")
    assert len(Folder(beside)) == 1


def test_where_others_reach_the_page_only_named_folders_open(tmp_path, monkeypatch):
    for name in ("open", "closed"):
        (tmp_path / name / "inside").mkdir(parents=True)
        Image.new("RGB", (8, 8)).save(tmp_path / name / "inside" / "picture.png")
    monkeypatch.setenv("REPLEARN_FOLDERS", str(tmp_path / "open"))
    assert len(Folder(tmp_path / "open" / "inside")) == 1
    with pytest.raises(InputError, match="--folders"):
        Folder(tmp_path / "closed")
    with pytest.raises(InputError, match="--folders"):
        Folder(tmp_path / "open" / ".." / "closed")
    monkeypatch.setenv("REPLEARN_FOLDERS", "")
    with pytest.raises(InputError, match="--folders"):
        Folder(tmp_path / "open")
