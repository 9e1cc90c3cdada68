"""Tiny data sets in the formats of others, so that the real loaders read them with no network."""

import gzip
from pathlib import Path

import pytest
from PIL import Image

from tests.data.tiny_mnist import mnist_files


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder of this test alone."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def mnist(own_cache: Path) -> Path:
    """Write a FashionMNIST of 40 train and 20 test pictures, as torchvision unpacks it."""
    raw = own_cache / "datasets" / "torchvision" / "FashionMNIST" / "FashionMNIST" / "raw"
    raw.mkdir(parents=True)
    for name, content in mnist_files(train=40, test=20).items():
        (raw / name).write_bytes(content)
    # torchvision looks for the unpacked files; the archives may lie beside them
    (raw / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(b""))
    return raw.parents[1]


@pytest.fixture
def eurosat(own_cache: Path) -> Path:
    """Write a EuroSAT of 2 x 10 pictures, which torchvision gives undivided."""
    root = own_cache / "datasets" / "torchvision" / "EuroSAT"
    for name in ("Forest", "SeaLake"):
        folder = root / "eurosat" / "2750" / name
        folder.mkdir(parents=True)
        for number in range(10):
            Image.new("RGB", (8, 8), (number, 0, 0)).save(folder / f"{name}_{number}.jpg")
    return root


@pytest.fixture
def hub_set(own_cache: Path) -> Path:
    """Write a hub data set `someone/pets` as Parquet: 20 train and 6 validation pictures."""
    library = pytest.importorskip("datasets", reason="the package datasets isn't installed")
    root = own_cache / "datasets" / "hf" / "someone--pets"
    (root / "data").mkdir(parents=True)
    features = library.Features(
        {
            "img": library.Image(),
            "label": library.ClassLabel(names=["cat", "dog"]),
            "caption": library.Value("string"),
            "age": library.Value("int64"),
        }
    )
    for split, count in (("train", 20), ("validation", 6)):
        rows = {
            "img": [Image.new("RGB", (9, 7), (i, 0, 0)) for i in range(count)],
            "label": [i % 2 for i in range(count)],
            "caption": [f"Pet {i}." if i else "" for i in range(count)],
            "age": list(range(count)),
        }
        made = library.Dataset.from_dict(rows, features=features)
        made.to_parquet(str(root / "data" / f"{split}-00000-of-00001.parquet"))
    return root
