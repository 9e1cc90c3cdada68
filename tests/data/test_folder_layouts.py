"""How people lay out their folders: splits, single folders above the classes, and the rest."""

import os
import runpy
from pathlib import Path

import pytest
from PIL import Image

from replearn.core.errors import InputError
from replearn.data import load_dataset, samples
from replearn.data.folder import Folder
from replearn.data.folders.splits import are_splits

HEIC = runpy.run_path(str(Path(__file__).with_name("heic.py")))


def pictures(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (4, 4), "red").save(root / name)
    return root


def labels(data: Folder) -> list[str | None]:
    return [None if s.label is None else data.class_names[s.label] for s in samples(data)]


# fingerprints of layouts that were read before others were: tables of vectors are kept by them
GOLDEN = {
    "d79996d16889781b2ea4f5fad92ff8a2": {
        "dog/b.png": "x",
        "dog/deeper/a.JPG": "xy",
        "cat/a.png": "x",
        "cat/.h.png": "x",
        ".c/x.png": "x",
        "__MACOSX/x.png": "x",
        "loose.png": "x",
        "dog/notes.txt": "x",
    },
    "027dea9e531b7c2de19bb39202582708": {"b.png": "x", "a.webp": "xyz"},
    "384ef6f74a41650da7003c8418147109": {"dog/b.png": "x", "dog/deeper/a.png": "x"},
    "5bfac061009d06b00642e096e9f1725d": {
        "in/x.png": "x",
        "y.png": "x",
        "labels.csv": "\ufeffpath,label,caption,country\n"
        "in\\x.png,dog,A dog.,Chad\ny.png,cat,,\ny.png,,,Peru\n",
    },
    "a706316c95597418820490866454ffc8": {
        **{f"{name}.png": "x" for name in "abcd"},
        "labels.csv": "file,class_index,class_name\na.png,517,crane\nb.png,9,ostrich\n"
        "c.png,134,crane\nd.png,9,ostrich\n",
    },
    "151b0badbd427f088ae1b8a150c8d200": {
        "dog/a.png": "x",
        "cat/a.png": "x",
        "readings.csv": "time,value\n1,2\n",
        "survey.csv": "path,label,text\ndog/a.png,wolf,hello\ncat/a.png,lynx,you\n",
    },
    "32ea6597fae6c425b879447dfdf2f999": {
        "dog/a.png": "x",
        "cat/a.png": "x",
        "results.csv": "filename,category\ndog/a.png,wolf\n",
    },
}


@pytest.mark.parametrize("fingerprint", GOLDEN)
def test_layouts_that_were_read_before_keep_their_fingerprints(
    fingerprint: str, tmp_path: Path
) -> None:
    for name, content in GOLDEN[fingerprint].items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        os.utime(path, (1, 1))
    assert Folder(tmp_path).fingerprint() == fingerprint


# splits


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("train", "val"),
        ("Train", "Test"),
        ("training", "testing"),
        ("train", "validation"),
        ("train", "dev"),
        ("train", "eval"),
        ("training_set", "test_set"),
        ("train2017", "val2017"),
        ("seg_train", "seg_test"),
    ],
)
def test_splits_above_the_classes_are_no_classes(first: str, second: str, tmp_path: Path) -> None:
    pictures(tmp_path, f"{first}/cat/1.png", f"{first}/dog/2.png", f"{second}/dog/3.png")
    pictures(tmp_path, "loose.png")
    data = Folder(tmp_path)
    assert data.class_names == ("cat", "dog")
    assert sorted(data.splits) == sorted((first, second))
    assert data.split is None
    by_id = {s.id: s for s in samples(data)}
    assert by_id[f"{second}/dog/3.png"].meta == {"split": second}
    assert by_id[f"{second}/dog/3.png"].caption == "dog"
    assert by_id["loose.png"].label is None
    assert first in data.taken
    assert second in data.taken
    one = load_dataset(f"folder:{tmp_path}", split=second)
    assert [s.id for s in samples(one)] == [f"{second}/dog/3.png"]
    assert one.class_names == ("cat", "dog")  # counted alike in every split
    assert one.fingerprint() != data.fingerprint()


def test_a_split_is_a_part_of_the_name(tmp_path: Path) -> None:
    root = pictures(tmp_path / "pets", "train/cat/1.png", "val/cat/2.png", "testing/cat/3.png")
    named = load_dataset(f"folder:{root}@testing")
    assert named.name == f"folder:{root}@testing"
    assert len(named) == 1
    by_kind = load_dataset(f"folder:{root}", split="test")
    assert by_kind.name == named.name  # what is kept under a name opens again as it was
    assert by_kind.fingerprint() == named.fingerprint()
    assert by_kind.place == named.place != Folder(root).place
    for split in ("validation", "VAL", "valid"):
        assert load_dataset(f"folder:{root}", split=split).split == "val"
    with pytest.raises(InputError, match=r"no split 'trian'; choose one of .* Did you mean train"):
        load_dataset(f"folder:{root}@trian")
    at = pictures(tmp_path / "pets@test", "a.png")  # a folder's own name comes first
    assert load_dataset(f"folder:{at}").split is None
    with pytest.raises(InputError, match="has no splits; put the pictures in folders called train"):
        load_dataset(f"folder:{at}", split="train")


def test_splits_without_classes_have_no_labels(tmp_path: Path) -> None:
    data = Folder(pictures(tmp_path, "images/train/1.png", "images/val/2.png"))
    assert data.class_names == ()
    assert data.splits == ("train", "val")


def test_archives_that_repeat_a_split_and_single_folders_below_it(tmp_path: Path) -> None:
    names = ("training_set/training_set/cats/1.png", "test_set/test_set/cats/2.png")
    pictures(tmp_path / "a", *names, "test_set/test_set/dogs/3.png")
    assert Folder(tmp_path / "a").class_names == ("cats", "dogs")
    pictures(tmp_path / "b", "pets/train/images/cat/1.png", "pets/test/images/dog/2.png")
    assert Folder(tmp_path / "b").class_names == ("cat", "dog")
    assert Folder(tmp_path / "b").splits == ("test", "train")


def test_names_that_only_look_like_splits(tmp_path: Path) -> None:
    assert not are_splits(["train", "car", "boat"])
    assert not are_splits(["steam_train", "freight_train"])
    assert not are_splits(["crash_test", "steam_train"])
    assert not are_splits(["protest", "trainer", "valley"])
    assert not are_splits([])
    assert not are_splits(["extra"])
    assert are_splits(["train", "test", "unlabeled"])
    data = Folder(pictures(tmp_path, "train/1.png", "bicycle/2.png"))
    assert data.class_names == ("bicycle", "train")
    assert data.splits == ()


# levels


def test_single_folders_above_the_classes_are_passed(tmp_path: Path) -> None:
    root = pictures(tmp_path / "one", "animals/cats/1.png", "animals/dogs/2.png")
    assert Folder(root).class_names == ("cats", "dogs")
    pictures(root, "cover.png", "animals/who.png")
    assert labels(Folder(root)) == ["cats", "dogs", None, None]
    deep = pictures(tmp_path / "two", "a/b/c/cats/1.png", "a/b/c/dogs/x/2.png")
    assert Folder(deep).class_names == ("cats", "dogs")
    single = pictures(tmp_path / "three", "animals/cats/1.png")  # nothing divides these
    assert Folder(single).class_names == ("animals",)


# what else a folder may hold


def test_photographs_of_a_phone_and_drawings_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(HEIC["UPRIGHT"])
    (tmp_path / "logo.svg").write_text('<svg viewBox="0 0 2 1"><rect width="2" height="1"/></svg>')
    sizes = {s.id: s.image.size for s in samples(Folder(tmp_path))}
    assert sizes == {"IMG_0001.HEIC": (64, 32), "logo.svg": (1024, 512)}


def test_a_folder_without_pictures_says_what_it_holds(tmp_path: Path) -> None:
    for name in ("a.mov", "b.mov", "c.zip"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match=r"holds no pictures but 2 \.mov and 1 \.zip; choose"):
        Folder(tmp_path)


def test_an_archive_or_an_address_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "pets.zip").write_bytes(b"PK\3\4")
    with pytest.raises(InputError, match=r"is a zip archive; unpack it and name the folder\.$"):
        Folder(tmp_path / "pets.zip")
    with pytest.raises(InputError, match="is an address; download the folder of pictures first"):
        load_dataset("folder:https://example.org/pets.zip")
