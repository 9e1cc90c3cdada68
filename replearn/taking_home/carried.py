"""Pictures that a session takes along: copies, for an upload is kept for a day only."""

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

FOLDER = "pictures"
LONGEST = 60  # characters of a name


def cleaned(name: str) -> str:
    """Return a file's name as any system takes it: letters, digits, dots, dashes."""
    stem, suffix = Path(name).stem, Path(name).suffix
    plain = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:LONGEST] or "picture"
    return plain + re.sub(r"[^\w.]", "", suffix).lower()


class Carried:
    """Copies in a folder of their own, which goes when nobody holds this any more."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # where a picture lay -> its copy's name
        self._folder: Path | None = None

    def place(self, path: str) -> str:
        """Copy a picture once; return its path beside the notebook.

        Raises:
            OSError: it isn't there any more.
        """
        if path not in self._names:
            name = self._free(cleaned(Path(path).name))
            shutil.copyfile(path, self._there() / name)
            self._names[path] = name
        return f"{FOLDER}/{self._names[path]}"

    def size(self) -> int:
        """Return how many bytes the copies have."""
        return sum(self.file(one).stat().st_size for one in self.places())

    def places(self) -> list[str]:
        """Return the paths beside the notebook."""
        return [f"{FOLDER}/{name}" for name in self._names.values()]

    def file(self, place: str) -> Path:
        """Return where the copy behind such a path lies."""
        return self._there() / Path(place).name

    def keep_only(self, places: Iterable[str]) -> None:
        """Remove the copies of all others."""
        wanted = set(places)
        for path, name in list(self._names.items()):
            if f"{FOLDER}/{name}" not in wanted:
                (self._there() / name).unlink(missing_ok=True)
                del self._names[path]

    def _free(self, name: str) -> str:
        # some systems take Cat.jpg and cat.jpg for one
        taken = {one.casefold() for one in self._names.values()}
        stem, suffix, number = Path(name).stem, Path(name).suffix, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name

    def _there(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="replearn-carried-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder
