"""Tiny data sets in the formats of others, so that the real loaders read them with no network."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image


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
    random = np.random.default_rng(0)
    for part, count in (("train", 40), ("t10k", 20)):
        pixels = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        labels = np.arange(count, dtype=np.uint8) % 10
        head = struct.pack(">iiii", 2051, count, 28, 28)
        (raw / f"{part}-images-idx3-ubyte").write_bytes(head + pixels.tobytes())
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(
            struct.pack(">ii", 2049, count) + labels.tobytes()
        )
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
