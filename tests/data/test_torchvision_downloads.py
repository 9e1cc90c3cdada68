"""A data set of torchvision's, fetched by torchvision itself from a server of ours."""

import gzip
import hashlib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import torchvision.datasets

from replearn.core.errors import OfflineError
from replearn.core.kept_answers import kept_answers
from replearn.data import load_dataset, torchvision_sets
from replearn.data.downloads import download_dataset
from replearn.data.places import downloaded
from replearn.data.torchvision_sets import TORCHVISION, Known
from tests.encoders.small_hub import SmallHub, small_hub

NAME = "torchvision:FashionMNIST"
MORE = 200_000  # bytes: the hub cuts off large files alone


@pytest.fixture
def site(mnist: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallHub]:
    """Serve the files of the tiny FashionMNIST, packed, and take them from the cache folder."""
    raw = mnist / "FashionMNIST" / "raw"
    names = [name for name, _ in torchvision.datasets.FashionMNIST.resources]
    files = {name: gzip.compress((raw / name.removesuffix(".gz")).read_bytes()) for name in names}
    for path in raw.iterdir():
        path.unlink()
    raw.rmdir()
    raw.parent.rmdir()
    mnist.rmdir()
    with small_hub({"data/fashion": files}) as found:
        sums = [(name, hashlib.md5(files[name]).hexdigest()) for name in names]
        mirror = f"{found.address}/data/fashion/resolve/main/"
        monkeypatch.setattr(torchvision.datasets.FashionMNIST, "mirrors", [mirror])
        monkeypatch.setattr(torchvision.datasets.FashionMNIST, "resources", sums)
        known = TORCHVISION["FashionMNIST"]
        ours = Known(known.megabytes, found.address, known.splits)
        monkeypatch.setitem(torchvision_sets.TORCHVISION, "FashionMNIST", ours)
        yield found


def test_a_data_set_is_fetched_and_opened(site: SmallHub) -> None:
    assert downloaded() == []
    download_dataset(NAME, lambda _: None)
    assert downloaded() == [NAME]
    data = load_dataset(NAME)
    assert (len(data), data[3].caption) == (20, "Dress")


def test_what_comes_damaged_leaves_nothing(
    site: SmallHub, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    fashion = torchvision.datasets.FashionMNIST
    right = fashion.resources
    wrong = [(name, "0" * 32) for name, _ in right]
    monkeypatch.setattr(fashion, "resources", wrong)
    with pytest.raises(OfflineError, match=r"broke off .*corrupted.*start it again") as e:
        download_dataset(NAME, lambda _: None)
    assert "\n" not in str(e.value)
    assert not list((own_cache / "datasets" / "torchvision").iterdir())
    monkeypatch.setattr(fashion, "resources", right)
    download_dataset(NAME, lambda _: None)
    assert downloaded() == [NAME]


def test_what_was_cut_off_goes_on_where_it_was(
    site: SmallHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = site.repositories["data/fashion"]
    whole = dict(files)
    large = "train-images-idx3-ubyte.gz"
    files[large] = whole[large] + bytes(MORE)  # gzip reads no further than its own end
    sums = [(name, hashlib.md5(content).hexdigest()) for name, content in files.items()]
    monkeypatch.setattr(torchvision.datasets.FashionMNIST, "resources", sums)
    site.cut = 150_000
    told: list[tuple[int, int]] = []
    with pytest.raises(OfflineError, match=r"the connection was closed after 0\.\d of 0\.\d MB"):
        download_dataset(NAME, lambda _: None, lambda *one: told.append(one))
    assert downloaded() == []
    assert told[-1][0] == site.cut
    site.cut, asked = None, len(site.ranges)
    download_dataset(NAME, lambda _: None, lambda *one: told.append(one))
    assert site.ranges[asked:] == [149_999] * 2  # once to see whether it has moved
    assert downloaded() == [NAME]
    assert len(load_dataset(NAME)) == 20


def test_an_answer_that_changed_meanwhile_is_asked_for_anew(site: SmallHub, tmp_path: Path) -> None:
    files = site.repositories["data/fashion"]
    files["a"], address = bytes(200_000), f"{site.address}/data/fashion/resolve/main/a"
    site.cut = 120_000
    with kept_answers(tmp_path / "kept", lambda _: None):
        with pytest.raises(ConnectionError), urllib.request.urlopen(address) as answer:
            answer.read()
        files["a"], site.cut = b"x" * 200_000, None
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == files["a"]
