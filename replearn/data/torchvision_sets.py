"""`torchvision:NAME`: classification data sets that torchvision fetches, when one asks for it."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.base import Sample
from replearn.data.places import absent, place
from replearn.data.splits import choose_split, divided

Splits = Mapping[str, Mapping[str, Any]]
_FLAG: Splits = {"train": {"train": True}, "test": {"train": False}}
_TWO: Splits = {name: {"split": name} for name in ("train", "test")}
_THREE: Splits = {name: {"split": name} for name in ("train", "val", "test")}
_TRAINVAL: Splits = {"train": {"split": "trainval"}, "test": {"split": "test"}}
_OXFORD = "https://www.robots.ox.ac.uk"
# torchvision's loaders fail on damaged files in any of these ways
_DAMAGED = (OSError, ValueError, LookupError, EOFError, AssertionError, pickle.UnpicklingError)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Known:
    """What is known of a data set before it is fetched.

    Attributes:
        megabytes: of the download, about.
        address: the host it comes from.
        splits: a split's name -> what torchvision's class is given for it; "all" where the data
            come undivided.
        class_names: where torchvision's class doesn't say them.
    """

    megabytes: int
    address: str
    splits: Splits
    class_names: tuple[str, ...] = ()


TORCHVISION = {
    "CIFAR10": Known(170, "https://www.cs.toronto.edu", _FLAG),
    "CIFAR100": Known(169, "https://www.cs.toronto.edu", _FLAG),
    "MNIST": Known(12, "https://ossci-datasets.s3.amazonaws.com", _FLAG),
    "FashionMNIST": Known(31, "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com", _FLAG),
    "KMNIST": Known(21, "http://codh.rois.ac.jp", _FLAG),
    "SVHN": Known(246, "http://ufldl.stanford.edu", _TWO, _DIGITS),
    "STL10": Known(2640, "http://ai.stanford.edu", {**_TWO, "unlabeled": {"split": "unlabeled"}}),
    "Flowers102": Known(345, _OXFORD, _THREE),
    "OxfordIIITPet": Known(811, _OXFORD, _TRAINVAL),
    "Food101": Known(4996, "http://data.vision.ee.ethz.ch", _TWO),
    "DTD": Known(625, _OXFORD, _THREE),
    "FGVCAircraft": Known(2753, _OXFORD, _TRAINVAL),
    "EuroSAT": Known(94, "https://huggingface.co", {"all": {}}),
    "Imagenette": Known(
        99,
        "https://s3.amazonaws.com",
        {name: {"split": name, "size": "160px"} for name in ("train", "val")},
    ),
}


def known(name: str) -> Known:
    """Return what is known of a data set.

    Raises:
        InputError: it isn't in the list; the message gives the list.
    """
    if name not in TORCHVISION:
        raise InputError(
            f"There is no torchvision data set {name!r} here; choose one of "
            f"{', '.join(TORCHVISION)}.{nearest(name, TORCHVISION)}"
        )
    return TORCHVISION[name]


def fetch(name: str, folder: Path) -> None:
    """Download a data set's splits into a folder, by torchvision, which shows the progress."""
    import torchvision.datasets

    for arguments in known(name).splits.values():
        getattr(torchvision.datasets, name)(str(folder), download=True, **arguments)


class TorchvisionSet:
    """One split of a data set of torchvision's; nothing is ever fetched by opening it.

    Args:
        name: an entry of `TORCHVISION`.
        split: "train", "test", or a further one of its own. "test" takes the validation split
            where there is no other; data that come undivided give every fifth picture to it.
        root: a folder where torchvision has put it before; None takes the cache folder.

    Raises:
        InputError: there is no such data set or split, or its files are damaged.
        OfflineError: it isn't on this computer.
    """

    def __init__(self, name: str, split: str = "test", root: str | None = None) -> None:
        entry = known(name)
        self.name = f"torchvision:{name}"
        self._split, cut = choose_split(self.name, split, tuple(entry.splits))
        self._folder = Path(root).expanduser() if root else place("torchvision", name)
        self._data = self._opened(name, entry)
        self._rows = divided(len(self._data), split) if cut else range(len(self._data))
        self.class_names = entry.class_names or tuple(map(_plain, _said_names(self._data)))

    def _opened(self, name: str, entry: Known) -> Any:
        import torchvision.datasets

        if not self._folder.is_dir():
            raise absent(self.name, f"about {entry.megabytes:,} MB")
        arguments = entry.splits[self._split]
        try:
            return getattr(torchvision.datasets, name)(str(self._folder), **arguments)
        except RuntimeError as error:  # torchvision's "not found or corrupted"
            raise absent(self.name, f"about {entry.megabytes:,} MB") from error
        except _DAMAGED as error:
            raise InputError(
                f"The files of {self.name} are damaged ({type(error).__name__}); remove "
                f"{self._folder} and download it again."
            ) from error

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Sample:
        """Open sample `index`.

        Raises:
            InputError: its file can't be read.
        """
        row = self._rows[index]
        try:
            image, label = self._data[row]
        except OSError as error:
            raise InputError(f"Picture {row} of {self.name} can't be read ({error}).") from error
        assert isinstance(image, Image.Image)
        label = int(label)
        caption = self.class_names[label] if label >= 0 else ""
        known_label = label if label >= 0 else None
        return Sample(image.convert("RGB"), known_label, caption, f"{self._split}-{row}")

    def fingerprint(self) -> str:
        """Return a fingerprint of names, sizes and times of its files, and of the split."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        files = fingerprint.of_folder(self._folder)
        return fingerprint.of_parts([self.name, self._split, str(len(self)), files])


def _said_names(data: Any) -> list[Any]:
    found: list[Any] = list(data.classes)
    return found


def _plain(name: Any) -> str:
    """Return a class's name as one would say it: "0 - zero", ("tench", ...) and "a_b" occur."""
    first = name[0] if isinstance(name, tuple) else name
    return str(first).rpartition(" - ")[2].replace("_", " ")
