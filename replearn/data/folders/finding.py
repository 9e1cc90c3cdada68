"""Where the tables lie that name a folder's pictures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from replearn.core.errors import InputError
from replearn.data.folders.columns import our_picture_column, picture_column
from replearn.data.folders.splits import are_splits, kind_of_split
from replearn.data.folders.tables import TABLE_SUFFIXES, Table, read_table
from replearn.data.folders.walking import hidden, subfolders
from replearn.data.images import SUFFIXES

# a table called so is meant to be read, whatever else is there
_STEMS = ("labels", "metadata")
_NAMES = tuple(f"{stem}{suffix}" for stem in _STEMS for suffix in TABLE_SUFFIXES)
Fits = Callable[[Table], bool]


def certain_tables(root: Path) -> list[Table]:
    """Return the tables that are surely meant: labels.csv, metadata.csv, or a column path or file.

    They lie in the folder, in the single folder inside it, or one in each of its splits.

    Raises:
        InputError: one is damaged, or several tables of one folder name pictures.
    """
    return _tables(root, "", _is_certain, _named_so)


def likely_tables(root: Path) -> list[Table]:
    """Return tables that name or hold pictures by another column; several must be splits.

    One that can't be read is passed over.
    """
    found = _tables(root, "", _is_likely, lambda *_: [])
    return found if len(found) < 2 or all(one.split for one in found) else []


def _tables(
    root: Path, base: str, fits: Fits, named: Callable[[Path, str], list[Table]]
) -> list[Table]:
    here = named(root, base) or _in_folder(root, base, fits)
    if here:
        return here
    folders = subfolders(root / base)
    splits = folders if are_splits(folders) else [one for one in folders if kind_of_split(one)]
    found = [
        replace(one, split=split)
        for split in splits
        for one in _of_split(root, _join(base, split), fits, named)
    ]
    if found:
        return found
    if len(folders) == 1 and not _has_pictures(root / base):
        return _tables(root, _join(base, folders[0]), fits, named)
    return []


def _of_split(
    root: Path, base: str, fits: Fits, named: Callable[[Path, str], list[Table]]
) -> list[Table]:
    return named(root, base) or _in_folder(root, base, fits)


def _named_so(root: Path, base: str) -> list[Table]:
    for name in _NAMES:
        if (root / base / name).is_file():
            return [read_table(root, _join(base, name))]
    return []


def _in_folder(root: Path, base: str, fits: Fits) -> list[Table]:
    """Return the tables of one folder that fit: one, or one for each split."""
    names = [
        path.name
        for path in sorted((root / base).iterdir())
        if path.suffix.lower() in TABLE_SUFFIXES and not hidden(path.name) and path.is_file()
    ]
    found = [table for name in names if (table := _read(root, _join(base, name))) and fits(table)]
    if found and all(kind_of_split(_split_name(one)) for one in found):
        return [replace(one, split=_split_name(one)) for one in found]
    if len(found) > 1 and fits is _is_certain:
        files = ", ".join(Path(one.name).name for one in found[:3])
        raise InputError(
            f"The folder holds several tables ({files}); rename the one to use to labels.csv."
        )
    return found


def _read(root: Path, name: str) -> Table | None:
    """Read a table that may be about anything: one that can't be read isn't about pictures."""
    try:
        return read_table(root, name)
    except InputError:
        return None


def _split_name(table: Table) -> str:
    stem = Path(table.name).stem
    # the hub's files are called train-00000-of-00002
    short = stem.partition("-0")[0]
    return short if kind_of_split(short) else stem


def _is_certain(table: Table) -> bool:
    return not table.holds and our_picture_column(table.records) is not None


def _is_likely(table: Table) -> bool:
    return bool(table.holds) or picture_column(table.records) is not None


def _has_pictures(folder: Path) -> bool:
    return any(path.suffix.lower() in SUFFIXES for path in folder.iterdir())


def _join(base: str, name: str) -> str:
    return f"{base}/{name}" if base else name
