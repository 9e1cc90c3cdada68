"""What every data set of the registry does."""

from pathlib import Path

import pytest
from PIL import Image

from replearn.core.errors import InputError
from replearn.data import AFTER_COLON, DATASETS, Dataset, load_dataset
from replearn.data.places import KINDS, downloaded

OPTIONS = {
    "shapes": {"size": 70},
    "shapes-free": {"size": 70},
    "shapes-easy": {"size": 70},
    "shapes-shifted": {"size": 70},
    "shapes-tied": {"size": 70},
}


@pytest.fixture(params=DATASETS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Dataset:
    """Open each data set, small; those that a download brings are written as it would."""
    kind = request.param
    called = kind
    if kind == "folder":
        for name in ("cat", "dog"):
            (tmp_path / "pictures" / name).mkdir(parents=True)
            Image.new("L", (8, 6)).save(tmp_path / "pictures" / name / "1.png")
        called = f"folder:{tmp_path / 'pictures'}"
    elif kind == "torchvision":
        request.getfixturevalue("mnist")
        called = "torchvision:FashionMNIST"
    elif kind == "hf":
        request.getfixturevalue("hub_set")
        called = "hf:someone/pets"
    elif kind == "shapes-shifted":
        called = "shapes-shifted:new-textures"
    elif kind == "shapes-tied":
        called = "shapes-tied:0.5"
    elif kind == "emoji-redrawn":
        called = "emoji-redrawn:line"
    return load_dataset(called, **OPTIONS.get(kind, {}))


def test_samples_are_what_the_contract_says(opened: Dataset) -> None:
    assert isinstance(opened, Dataset)
    assert opened.name.partition(":")[0] in DATASETS
    rows = sorted({0, 1, len(opened) // 2, len(opened) - 1})
    found = [opened[row] for row in rows]
    for sample in found:
        assert sample.image.mode == "RGB"
        assert sample.label is None or 0 <= sample.label < len(opened.class_names)
        assert isinstance(sample.caption, str)
        assert all(isinstance(value, str) for value in sample.meta.values())
    assert len({sample.id for sample in found}) == len(rows)
    again = opened[rows[-1]]
    assert again.id == found[-1].id
    assert again.image.tobytes() == found[-1].image.tobytes()
    with pytest.raises(IndexError):
        opened[len(opened)]


def test_a_fingerprint_stays_and_names_of_classes_are_texts(opened: Dataset) -> None:
    assert opened.fingerprint() == opened.fingerprint()
    assert len(opened.fingerprint()) >= 8
    assert all(isinstance(name, str) and name for name in opened.class_names)


@pytest.mark.parametrize("kind", DATASETS)
def test_an_unknown_option_names_the_nearest(kind: str, tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    after = {"folder": f":{tmp_path}", "torchvision": ":MNIST", "hf": ":a/b"}
    with pytest.raises(InputError, match="has no option 'splitt'"):
        load_dataset(kind + after.get(kind, ""), splitt="test")


def test_what_a_download_brings_is_listed_once_it_is_complete(
    mnist: Path, hub_set: Path, own_cache: Path
) -> None:
    (own_cache / "datasets" / "torchvision" / "CIFAR10.part").mkdir()
    assert downloaded() == ["torchvision:FashionMNIST", "hf:someone/pets"]
    assert set(KINDS) < set(AFTER_COLON)
