"""The example photographs that other packages bring along."""

import subprocess
import sys

import pytest

from replearn.core.errors import InputError
from replearn.data import Dataset, load_dataset, photos, samples
from replearn.data.packages import package_file
from replearn.data.photos import Photos


def test_every_photograph_opens_and_says_what_it_is() -> None:
    dataset = Photos()
    assert isinstance(dataset, Dataset)
    found = list(samples(dataset))
    assert 8 <= len(found) == len(dataset) <= 12
    assert len({sample.id for sample in found}) == len(found)
    for index, sample in enumerate(found):
        assert sample.image.mode == "RGB"
        assert min(sample.image.size) >= 200
        assert sample.label is not None
        assert dataset.class_names[sample.label]
        assert sample.caption.endswith(".")
        assert sample.meta["licence"]
        assert dataset.path(index).stem == sample.id


def test_the_cat_is_a_cat() -> None:
    dataset = load_dataset("photos")
    chelsea = next(sample for sample in samples(dataset) if sample.id == "chelsea")
    assert chelsea.label is not None
    assert dataset.class_names[chelsea.label] == "cat"
    assert chelsea.image.size == (451, 300)


def test_beyond_the_last_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        Photos()[len(Photos())]


def test_the_fingerprint_stays_and_notices() -> None:
    dataset = Photos()
    assert dataset.fingerprint() == Photos().fingerprint()
    dataset._photos, dataset._paths = dataset._photos[:-1], dataset._paths[:-1]
    assert dataset.fingerprint() != Photos().fingerprint()


def test_only_installed_packages_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        photos,
        "package_file",
        lambda name, file: package_file(name, file) if name == "skimage" else None,
    )
    some = Photos()
    assert {sample.meta["package"] for sample in samples(some)} == {"skimage"}
    assert some.fingerprint() != ""
    monkeypatch.setattr(photos, "package_file", lambda name, file: None)
    with pytest.raises(InputError, match="No example photographs are installed"):
        Photos()


def test_nothing_heavy_is_imported() -> None:
    program = (
        "import sys\n"
        "from replearn.data.photos import Photos\n"
        "from replearn.data.labels import imagenet_names\n"
        "Photos()\n"
        "imagenet_names()\n"
        "heavy = {'gradio', 'skimage', 'sklearn', 'torch', 'open_clip', 'scipy', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"
