"""`folder:PATH`: a user's own pictures, in class folders, beside a table, or just lying there."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.data.base import Entry, Sample
from replearn.data.folders.access import leads_out, refuse_closed, refuse_uploads
from replearn.data.folders.class_folders import from_folders
from replearn.data.folders.finding import certain_tables, likely_tables
from replearn.data.folders.from_tables import from_tables
from replearn.data.folders.parquet import ParquetPictures
from replearn.data.folders.rows import Listing, split_of
from replearn.data.folders.splits import chosen_split
from replearn.data.folders.walking import pictures, what_else
from replearn.data.images import open_image, refuse_address
from replearn.data.picture.foreign import HEAD, what_it_is

SPLIT_MARK = "@"  # "folder:PATH@test" is the split test of PATH


class Folder:
    """The pictures of a folder, opened when asked for.

    Layouts, the first that fits: a table that names the pictures (`labels.csv`, `metadata.csv`,
    .tsv, .jsonl or .parquet, or one with a column path or file; in the folder, or one in each
    split); one sub-folder per class, perhaps below folders called train, val, test, or below a
    single folder; another table that names pictures, or Parquet that holds them; a flat folder of
    unlabelled pictures. Further columns go to `meta`, as do `class_index` and `split`. Hidden
    files and files that aren't pictures are left out.

    Attributes:
        taken: what was taken for what, a sentence.
        left_out: a sentence for each picture that a table names and that can't be used.
        splits: those there are; empty where there are none.
        split: the one that is open; None means all.

    Args:
        path: the folder; PATH@SPLIT names one of its splits.
        split: one of its splits, by its name or its kind ("test" finds testing); None takes all.

    Raises:
        InputError: the folder is missing, a file, or without pictures; its table can't be used
            (no column of paths, a class index with two names, no picture that is there); or there
            is no such split.
    """

    def __init__(self, path: str | Path, split: str | None = None) -> None:
        path, split = _path_and_split(path, split)
        try:
            self.root = _checked(path)
            listing = _listing(self.root, path)
        except OSError as error:
            raise InputError(
                f"The folder {path} can't be read ({error.strerror}); check its permissions."
            ) from error
        except RuntimeError as error:  # ~name, and there is no user of this name
            raise InputError(f"There is no folder called {path}; check the path.") from error
        self.class_names, self.taken = listing.class_names, listing.taken
        self.left_out = listing.left_out
        self.splits = tuple(dict.fromkeys(filter(None, map(split_of, listing.rows))))
        self.split = split and chosen_split(f"The folder {path}", split, self.splits)
        self._rows = tuple(
            row for row in listing.rows if self.split is None or split_of(row) == self.split
        )
        mark = f"{SPLIT_MARK}{self.split}" if self.split else ""
        self.name = f"folder:{path}{mark}"
        self._real_root = os.path.realpath(self.root)
        self.place = f"folder:{self._real_root}{mark}"
        self._inside: dict[str, ParquetPictures] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Sample:
        """Open picture `index`.

        Raises:
            InputError: the file is missing, isn't a picture, or leads out of the folder.
        """
        row = self._rows[index]
        if leads_out(self._real_root, row.path):
            raise InputError(
                f"{row.path} is a link that leads out of the folder; copy the picture into it."
            )
        if row.inside is None:
            image = open_image(self.root / row.path, name=row.path)
        else:
            image = open_image(self._held(row.path, *row.inside), name=row.id)
        return Sample(image, row.label, row.caption, row.id, row.meta)

    def entry(self, index: int) -> Entry:
        """Describe picture `index` without opening it."""
        row = self._rows[index]
        return Entry(row.id, row.label, row.caption, row.meta, self._state(row.path))

    def fingerprint(self) -> str:
        """Return a fingerprint of paths, sizes, times of change, labels and captions."""
        parts: list[str | bytes] = list(self.class_names)
        for row in self._rows:
            parts += [
                self._state(row.path),
                os.fsencode(row.path),
                str(row.label),
                row.caption,
                repr(sorted(row.meta.items())),
            ]
            parts += [] if row.inside is None else [repr(row.inside)]
        return fingerprint.of_parts(parts)

    def _held(self, table: str, column: str, row: int) -> bytes:
        """Return a picture's file out of a table."""
        if table not in self._inside:
            self._inside[table] = ParquetPictures(self.root / table, column)
        return self._inside[table].bytes_at(row)

    def _state(self, path: str) -> str:
        try:
            status = (self.root / path).stat()
        except OSError:
            return "missing"
        return f"{status.st_size} {status.st_mtime_ns}"


def _path_and_split(path: str | Path, split: str | None) -> tuple[str | Path, str | None]:
    """Part PATH@SPLIT, unless there is a folder of the whole name."""
    text = str(path)
    folder, mark, named = text.rpartition(SPLIT_MARK)
    if not (folder and mark and named) or Path(text).expanduser().is_dir():
        return path, split
    return (folder, split or named) if Path(folder).expanduser().is_dir() else (path, split)


def _checked(path: str | Path) -> Path:
    refuse_address(str(path), "folder of pictures")
    root = Path(path).expanduser()
    if root.is_file():
        with root.open("rb") as file:
            what = what_it_is(file.read(HEAD)) or ""
        if "unpack it" in what:
            raise InputError(f"{path} {what}.")
        raise InputError(f"{path} is a file; name the folder that holds the pictures.")
    if not root.is_dir():
        raise InputError(f"There is no folder called {path}; check the path.")
    real = os.path.realpath(root)
    refuse_uploads(path, real)
    refuse_closed(path, real)
    return root


def _listing(root: Path, path: str | Path) -> Listing:
    tables = certain_tables(root)
    if tables:
        return _with_rest(from_tables(root, tables), pictures(root))
    found = pictures(root)
    listing = from_folders(found)
    # one class alone says little: a table may say more
    likely = likely_tables(root) if len(listing.class_names) < 2 else []
    if likely:
        try:
            return _with_rest(from_tables(root, likely), found)
        except InputError:
            if not found:
                raise
    if not found:
        raise InputError(
            f"The folder {path} holds no pictures{what_else(root)}; choose another one."
        )
    return listing


def _with_rest(listing: Listing, there: Sequence[PurePosixPath]) -> Listing:
    """Say how many pictures of the folder its table doesn't name."""
    rest = len({str(path) for path in there} - {row.path for row in listing.rows})
    if not rest:
        return listing
    said = f"{listing.taken} {rest:,} more of the folder's pictures aren't named there."
    return replace(listing, taken=said)
