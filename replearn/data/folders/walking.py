"""The files of a folder, without what systems hide there."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from replearn.data.images import SUFFIXES


def pictures(root: Path) -> list[PurePosixPath]:
    """Return the pictures of a folder, however deep inside, relative to it and sorted."""
    return sorted(path for path in _files(root) if path.suffix.lower() in SUFFIXES)


def subfolders(folder: Path) -> list[str]:
    """Return the names of the folders in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and not hidden(path.name))


def what_else(root: Path) -> str:
    """Return what a folder without pictures holds, e.g. " but 3 .mov and 1 .zip", or ""."""
    suffixes = Counter(path.suffix.lower() for path in _files(root) if path.suffix)
    kinds = [f"{count:,} {suffix}" for suffix, count in suffixes.most_common(3)]
    return f" but {' and '.join(kinds)}" if kinds else ""


def hidden(name: str) -> bool:
    """Say whether a name is one that systems hide, or leave behind in archives."""
    return name.startswith(".") or name == "__MACOSX"


def _files(root: Path) -> Iterator[PurePosixPath]:
    for folder, below, files in os.walk(root):
        below[:] = [name for name in below if not hidden(name)]
        base = PurePosixPath(Path(folder).relative_to(root).as_posix())
        for name in files:
            if not hidden(name):
                yield base / name
