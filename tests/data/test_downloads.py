"""Data sets of others: opened once they are here, fetched only when one asks."""

import sys
from pathlib import Path

import pytest
import torchvision.datasets
from PIL import Image

from replearn.cli import main
from replearn.core.errors import InputError, OfflineError
from replearn.data import downloads, load_dataset, torchvision_sets
from replearn.data.downloads import download_dataset
from replearn.data.splits import choose_split, divided
from replearn.data.torchvision_sets import TORCHVISION


def refusal(name: str, **options: str) -> str:
    with pytest.raises((InputError, OfflineError)) as caught:
        load_dataset(name, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


# splits


def test_train_and_test_never_share_a_row() -> None:
    assert choose_split("x", "train", ["train", "test"]) == ("train", False)
    assert choose_split("x", "test", ["train", "val"]) == ("val", False)
    assert choose_split("x", "test", ["test"]) == ("test", False)
    for wanted in ("train", "test"):
        assert choose_split("x", wanted, ["train"]) == ("train", True)
    parts = divided(23, "train"), divided(23, "test")
    assert sorted(parts[0] + parts[1]) == list(range(23))
    assert len(parts[1]) == 5
    with pytest.raises(InputError, match=r"no split 'tets'; choose one of train, test.*mean test"):
        choose_split("x", "tets", ["train", "test"])
    with pytest.raises(InputError, match="no split 'train'; choose one of test"):
        choose_split("x", "train", ["test"])


# torchvision


@pytest.mark.parametrize("name", TORCHVISION)
def test_every_name_of_the_list_is_torchvisions(name: str) -> None:
    assert issubclass(getattr(torchvision.datasets, name), torchvision.datasets.VisionDataset)
    entry = TORCHVISION[name]
    assert entry.megabytes > 0
    assert entry.address.startswith("http")
    assert {"train", "test"} <= set(entry.splits) or set(entry.splits) <= {"all", "train", "val"}


def test_torchvisions_files_are_read(mnist: Path) -> None:
    data = load_dataset("torchvision:FashionMNIST")
    assert len(data) == 20
    assert len(load_dataset("torchvision:FashionMNIST", split="train")) == 40
    sample = data[3]
    assert (sample.image.size, sample.label, sample.caption) == ((28, 28), 3, "Dress")
    assert sample.id == "test-3"
    assert data.class_names[0] == "T-shirt/top"
    assert (
        data.fingerprint() != load_dataset("torchvision:FashionMNIST", split="train").fingerprint()
    )
    elsewhere = load_dataset("torchvision:FashionMNIST", root=str(mnist))
    assert elsewhere[3].image.tobytes() == sample.image.tobytes()


def test_data_that_come_undivided_give_every_fifth_picture_to_the_test(eurosat: Path) -> None:
    test, train = (load_dataset("torchvision:EuroSAT", split=name) for name in ("test", "train"))
    assert (len(test), len(train)) == (4, 16)
    assert not {test[i].id for i in range(4)} & {train[i].id for i in range(16)}
    assert [test[i].label for i in range(4)] == [0, 0, 1, 1]
    (eurosat / "eurosat" / "2750" / "Forest" / "Forest_0.jpg").write_bytes(b"no picture")
    with pytest.raises(InputError, match="Picture 0 of torchvision:EuroSAT can't be read"):
        load_dataset("torchvision:EuroSAT")[0]


def test_class_names_are_plain_words() -> None:
    said = [torchvision_sets._plain(name) for name in ("0 - zero", ("tench", "Tinca"), "red_fox")]
    assert said == ["zero", "tench", "red fox"]


def test_what_is_not_here_is_one_sentence_with_its_size(own_cache: Path) -> None:
    message = refusal("torchvision:CIFAR10")
    assert "python -m replearn download torchvision:CIFAR10 (about 170 MB)" in message
    assert "shapes, shapes-free, shapes-easy, emoji, photos and folder:PATH need none" in message
    assert "Did you mean CIFAR10?" in refusal("torchvision:CIFAR")
    assert "for example torchvision:CIFAR10" in refusal("torchvision:")
    assert "no split 'tran'" in refusal("torchvision:CIFAR10", split="tran")


def test_damaged_files_say_so(mnist: Path) -> None:
    (mnist / "FashionMNIST" / "raw" / "t10k-images-idx3-ubyte").write_bytes(b"12")
    assert "are damaged" in refusal("torchvision:FashionMNIST")
    (mnist / "FashionMNIST" / "raw" / "t10k-images-idx3-ubyte").unlink()
    assert "is not on this computer" in refusal("torchvision:FashionMNIST")


# the hub


def test_a_hub_data_set_is_read_from_its_parquet(hub_set: Path) -> None:
    data = load_dataset("hf:someone/pets")
    assert len(data) == 6  # the validation split
    assert data.class_names == ("cat", "dog")
    first, second = data[0], data[1]
    assert (first.label, first.caption, first.meta) == (0, "cat", {"age": "0"})
    assert (second.label, second.caption, second.id) == (1, "Pet 1.", "validation-1")
    assert second.image.size == (9, 7)
    assert len(load_dataset("hf:someone/pets", split="train")) == 20
    by_age = load_dataset("hf:someone/pets", label="age")
    assert by_age.class_names == ("0", "1", "2", "3", "4", "5")
    assert "no column 'breed'" in refusal("hf:someone/pets", label="breed")
    assert "no split 'all'" in refusal("hf:someone/pets", split="all")
    for path in (hub_set / "data").iterdir():
        path.write_bytes(b"no parquet")
    assert "can't be read" in refusal("hf:someone/pets")


def test_a_hub_data_set_without_pictures_is_refused(own_cache: Path) -> None:
    library = pytest.importorskip("datasets", reason="the package datasets isn't installed")
    root = own_cache / "datasets" / "hf" / "someone--words"
    root.mkdir(parents=True)
    library.Dataset.from_dict({"text": ["a", "b"]}).to_parquet(str(root / "train.parquet"))
    assert "has no column of pictures" in refusal("hf:someone/words")


def test_the_hub_without_its_package_or_its_data(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "download hf:someone/pets once, with a network" in refusal("hf:someone/pets")
    assert "write hf:OWNER/NAME" in refusal("hf:../../etc")
    (own_cache / "datasets" / "hf" / "someone--pets").mkdir(parents=True)
    monkeypatch.setitem(sys.modules, "datasets", None)  # as if it weren't installed
    assert "run pip install datasets" in refusal("hf:someone/pets")


# downloads


def test_a_download_without_a_network_names_what_works(
    own_cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("urllib.request.getproxies", dict)
    for name in ("torchvision:CIFAR10", "hf:ylecun/mnist"):
        assert main(["download", name]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert (
            "shapes, shapes-free, shapes-easy, emoji, photos and folder:PATH work without a network"
            in error
        )
    assert not list((own_cache / "datasets").rglob("*.part"))
    monkeypatch.setenv("REPLEARN_OFFLINE", "1")
    with pytest.raises(OfflineError, match="--offline"):
        download_dataset("torchvision:CIFAR10")
    with pytest.raises(InputError, match="needs no download"):
        download_dataset("emoji")


@pytest.fixture
def network(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pretend that hosts answer and that torchvision fetches four pictures."""
    fetched: list[str] = []

    def fetch(name: str, folder: Path) -> None:
        fetched.append(name)
        for kind in ("Forest", "SeaLake"):
            (folder / "eurosat" / "2750" / kind).mkdir(parents=True)
            for i in range(2):
                Image.new("RGB", (8, 8)).save(folder / "eurosat" / "2750" / kind / f"{i}.jpg")

    monkeypatch.setattr(downloads, "reachable", lambda address: True)
    monkeypatch.setattr(torchvision_sets, "fetch", fetch)
    return fetched


def test_a_download_says_its_size_first_and_then_opens(network: list[str]) -> None:
    said: list[str] = []
    download_dataset("torchvision:EuroSAT", said.append)
    assert said[0].startswith("EuroSAT: about 94 MB from https://huggingface.co")
    assert len(load_dataset("torchvision:EuroSAT", split="train")) == 3
    download_dataset("torchvision:EuroSAT", said.append)
    assert "already" in said[1]
    assert network == ["EuroSAT"]


def test_a_stopped_download_leaves_nothing(
    network: list[str], own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(name: str, folder: Path) -> None:
        (folder / "half").write_bytes(b"x")
        raise KeyboardInterrupt

    monkeypatch.setattr(torchvision_sets, "fetch", stopped)
    assert main(["download", "torchvision:EuroSAT"]) == 130
    assert list((own_cache / "datasets" / "torchvision").iterdir()) == []

    def broken(name: str, folder: Path) -> None:
        raise RuntimeError("File not found or corrupted.")

    monkeypatch.setattr(torchvision_sets, "fetch", broken)
    with pytest.raises(OfflineError, match=r"broke off.*start it again"):
        download_dataset("torchvision:EuroSAT")


def test_a_download_that_does_not_fit_on_the_disk_is_refused(
    network: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda path: SimpleNamespace(free=10**8))
    with pytest.raises(InputError, match="about 282 MB until it is unpacked and 100 MB are free"):
        download_dataset("torchvision:EuroSAT")
    assert network == []
