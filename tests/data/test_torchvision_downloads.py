"""A data set of torchvision's, fetched by torchvision itself from a server of ours."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import torchvision.datasets

from replearn.core.errors import OfflineError
from replearn.data import load_dataset, torchvision_sets
from replearn.data.downloads import download_dataset
from replearn.data.places import downloaded
from replearn.data.torchvision_sets import TORCHVISION, Known
from tests.encoders.small_hub import SmallHub, small_hub

NAME = "torchvision:FashionMNIST"


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


def test_what_comes_damaged_or_is_cut_off_leaves_nothing(
    site: SmallHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    fashion = torchvision.datasets.FashionMNIST
    right = fashion.resources
    wrong = [(name, "0" * 32) for name, _ in right]
    monkeypatch.setattr(fashion, "resources", wrong)
    with pytest.raises(
        OfflineError, match=r"broke off .*corrupted.*run the same command again"
    ) as e:
        download_dataset(NAME, lambda _: None)
    assert "\n" not in str(e.value)
    monkeypatch.setattr(fashion, "resources", right)
    whole = dict(site.repositories["data/fashion"])
    site.repositories["data/fashion"].pop("t10k-labels-idx1-ubyte.gz")
    with pytest.raises(OfflineError, match="broke off"):
        download_dataset(NAME, lambda _: None)
    assert downloaded() == []
    site.repositories["data/fashion"] = whole
    download_dataset(NAME, lambda _: None)
    assert downloaded() == [NAME]
