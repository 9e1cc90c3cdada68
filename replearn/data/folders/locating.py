"""From what a table writes to the file that is meant."""

import os
from collections import defaultdict
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

from replearn.data.folders.access import leads_out
from replearn.data.folders.walking import pictures
from replearn.data.images import is_address


class Locator:
    """Finds the pictures that tables name, inside a folder and nowhere else.

    Args:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._real = root, os.path.realpath(root)

    def locate(self, text: str, bases: tuple[str, ...]) -> tuple[str, str]:
        """Return a picture's path, relative to the folder, or "" and why it can't be used.

        Args:
            text: what the table says: a path, relative to one of `bases`; else the name of a file
                that is somewhere in the folder once, with or without its suffix.
            bases: folders to look in, relative to the folder.
        """
        if not text or "\0" in text:
            return "", "names no file; fill in its path or delete the line"
        if is_address(text):
            return "", f"is an address ({text[:80]}); download the pictures, and write their paths"
        path = PurePosixPath(text.replace("\\", "/"))
        absolute = path.is_absolute() or bool(PureWindowsPath(text).drive)
        outside = absolute or ".." in path.parts
        found = "" if outside else self._below(path, bases)
        found = found or self._somewhere(path.name, bases)
        if found:
            return self._usable(found)
        if outside:
            told = f"leads out of the folder ({text}); write a path that is relative to the folder"
            return "", told
        return "", f"names {path}, which isn't there"

    def _below(self, path: PurePosixPath, bases: tuple[str, ...]) -> str:
        candidates = (str(PurePosixPath(base) / path) for base in bases)
        return next((one for one in candidates if os.path.lexists(self._root / one)), "")

    def _usable(self, path: str) -> tuple[str, str]:
        if leads_out(self._real, path):
            return "", f"names {path}, which is a link that leads out of the folder; copy it there"
        if not (self._root / path).is_file():
            return "", f"names {path}, which isn't a file, or a link to one that is gone"
        return path, ""

    def _somewhere(self, name: str, bases: tuple[str, ...]) -> str:
        """Return the one file of that name; of several, the one in a base."""
        there = self._by_name.get(name.lower()) or self._by_stem.get(name.lower(), [])
        if len(there) > 1:
            inside = (
                [one for one in there if one.startswith(f"{base}/")] for base in bases if base
            )
            there = next((some for some in inside if some), there)
        return there[0] if len(there) == 1 else ""

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in pictures(self._root):
            found[path.name.lower()].append(str(path))
        return dict(found)

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name, paths in self._by_name.items():
            found[PurePosixPath(name).stem].extend(paths)
        return dict(found)
