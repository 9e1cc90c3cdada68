"""Where downloaded data sets lie, and what is said of one that isn't there."""

from pathlib import Path

from replearn.core.errors import OfflineError
from replearn.core.settings import from_environment

PART = ".part"  # a download that isn't complete
OFFLINE = "shapes, shapes-free, shapes-easy, emoji, photos and folder:PATH"
KINDS = ("torchvision", "hf")


def place(kind: str, name: str) -> Path:
    """Return the folder of a downloaded data set, whether or not it is there."""
    return from_environment().cache_dir / "datasets" / kind / name.replace("/", "--")


def absent(name: str, size: str = "") -> OfflineError:
    """Return the error for a data set that isn't on this computer.

    Args:
        name: with its kind, e.g. "torchvision:CIFAR10".
        size: of the download, in words.
    """
    told = f" ({size})" if size else ""
    return OfflineError(
        f"{name} is not on this computer; run python -m replearn download {name}{told} once, with "
        f"a network. {OFFLINE} need none."
    )


def downloaded() -> list[str]:
    """Return the names of the data sets that were downloaded."""
    found = []
    for kind in KINDS:
        folder = from_environment().cache_dir / "datasets" / kind
        names = sorted(path.name for path in folder.glob("*") if path.suffix != PART)
        found += [f"{kind}:{name.replace('--', '/')}" for name in names]
    return found
