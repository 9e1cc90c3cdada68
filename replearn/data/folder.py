"""`folder:PATH`: a user's own pictures, in class folders, beside a table, or just lying there."""

import itertools
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.data.base import Entry, Sample
from replearn.data.images import SUFFIXES, open_image
from replearn.data.tables import TABLE_SUFFIXES, Record, path_column, read_table

_TABLE_NAMES = ("labels.csv", "labels.parquet")
_LABEL_COLUMNS = ("class_name", "label")
_INDEX_COLUMN = "class_index"


@dataclass(frozen=True)
class _Row:
    path: str  # relative to the folder, with forward slashes
    id: str
    label: int | None = None
    caption: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


def _refuse_uploads(path: str | Path, real: str) -> None:
    """Keep what others brought to the page out of sight."""
    uploads = os.environ.get("GRADIO_TEMP_DIR")
    if uploads:
        there = os.path.realpath(uploads)
        if os.path.commonpath([there, real]) in {there, real}:
            raise InputError(
                f"{path} holds what is brought to this page, by others too; choose another folder."
            )


def _refuse_closed(path: str | Path, real: str) -> None:
    """Where others reach the page, open only what it was started with."""
    opened = from_environment().folders
    if opened is None:
        return
    if not any(Path(real).is_relative_to(os.path.realpath(one)) for one in opened):
        raise InputError(
            f"{path} isn't open on this page, which others can reach; start it with "
            f"--folders {path} to open it."
        )


class Folder:
    """The pictures of a folder, opened when asked for.

    Three layouts: a table (`labels.csv`, `labels.parquet`, or the folder's only CSV or Parquet
    file that has the column), with a column `path` or `file` and, if known, `label` or
    `class_name`, `class_index` and `caption` (further columns go to `meta`, as does
    `class_index`); else one sub-folder per class; else a flat folder of unlabelled pictures.
    Hidden files and files that aren't pictures are left out.

    Args:
        path: the folder.

    Raises:
        InputError: the folder is missing, a file, or without pictures; or its table can't be used
            (no column of paths, paths that lead out of the folder, a class index with two names).
    """

    def __init__(self, path: str | Path) -> None:
        self.name = f"folder:{path}"
        try:
            self.root = Path(path).expanduser()
            if self.root.is_file():
                raise InputError(f"{path} is a file; name the folder that holds the pictures.")
            if not self.root.is_dir():
                raise InputError(f"There is no folder called {path}; check the path.")
            self._real_root = os.path.realpath(self.root)
            _refuse_uploads(path, self._real_root)
            _refuse_closed(path, self._real_root)
            self.place = f"folder:{self._real_root}"
            table = _find_table(self.root)
            self.class_names, self._rows = (
                self._from_table(*table) if table else _from_folders(self.root)
            )
        except OSError as error:
            raise InputError(
                f"The folder {path} can't be read ({error.strerror}); check its permissions."
            ) from error
        except RuntimeError as error:  # ~name, and there is no user of this name
            raise InputError(f"There is no folder called {path}; check the path.") from error
        if not self._rows:
            raise InputError(f"The folder {path} holds no pictures; choose another one.")

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Sample:
        """Open picture `index`.

        Raises:
            InputError: the file is missing, isn't a picture, or leads out of the folder.
        """
        row = self._rows[index]
        self._refuse_outside(row.path)
        image = open_image(self.root / row.path, name=row.path)
        return Sample(image, row.label, row.caption, row.id, row.meta)

    def entry(self, index: int) -> Entry:
        """Describe picture `index` without opening it."""
        row = self._rows[index]
        return Entry(row.id, row.label, row.caption, row.meta, self._state(row.path))

    def _state(self, path: str) -> str:
        try:
            status = (self.root / path).stat()
        except OSError:
            return "missing"
        return f"{status.st_size} {status.st_mtime_ns}"

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
        return fingerprint.of_parts(parts)

    def _from_table(
        self, table: str, records: list[Record]
    ) -> tuple[tuple[str, ...], tuple[_Row, ...]]:
        key = path_column(records[0])
        if key is None:
            raise InputError(
                f"{table} has no column called path or file; name the column of pictures so."
            )
        column = next((name for name in _LABEL_COLUMNS if name in records[0]), None)
        class_names, labels = _classes(records, column, table)
        known = {key, column, "caption"}
        rows = []
        seen: dict[str, int] = {}
        for number, (record, label) in enumerate(zip(records, labels, strict=True), start=1):
            path = self._inside(record[key], f"{table}, picture {number}")
            seen[path] = seen.get(path, 0) + 1
            rows.append(
                _Row(
                    path=path,
                    id=path if seen[path] == 1 else f"{path}#{seen[path]}",
                    label=label,
                    caption=record.get("caption") or ("" if label is None else class_names[label]),
                    meta={name: value for name, value in record.items() if name not in known},
                )
            )
        return class_names, tuple(rows)

    def _inside(self, text: str, where: str) -> str:
        """Return a table's path with forward slashes, or refuse it."""
        if not text or "\0" in text:
            raise InputError(f"{where}, names no file; fill in its path or delete the line.")
        path = PurePosixPath(text.replace("\\", "/"))
        if path.is_absolute() or PureWindowsPath(text).drive or ".." in path.parts:
            raise InputError(
                f"{where}, leads out of the folder ({text}); "
                "write a path that is relative to the folder."
            )
        self._refuse_outside(str(path))
        return str(path)

    def _refuse_outside(self, path: str) -> None:
        real = os.path.realpath(self.root / path)
        if not Path(real).is_relative_to(self._real_root):
            raise InputError(
                f"{path} is a link that leads out of the folder; copy the picture into it."
            )


def _find_table(root: Path) -> tuple[str, list[Record]] | None:
    """Return the name and the lines of the table that names the pictures, if there is one."""
    for name in _TABLE_NAMES:
        if (root / name).is_file():
            return name, read_table(root / name)
    found: dict[str, list[Record]] = {}
    for path in sorted(root.iterdir()):
        if path.suffix.lower() in TABLE_SUFFIXES and not _hidden(path.name) and path.is_file():
            records = read_table(path)
            if path_column(records[0]):
                found[path.name] = records
    if len(found) > 1:
        names = ", ".join(list(found)[:3])
        raise InputError(
            f"The folder holds several tables ({names}); rename the one to use to labels.csv."
        )
    return next(iter(found.items()), None)


def _classes(
    records: list[Record], column: str | None, table: str
) -> tuple[tuple[str, ...], list[int | None]]:
    """Return the class names, in the order of `class_index` or else sorted, and every label."""
    if column is None:
        return (), [None] * len(records)
    # two classes of one name stay two where their indices differ (ImageNet has such names)
    keys = [
        (_class_index(record, table), record[column]) if record[column] else None
        for record in records
    ]
    ordered = sorted({key for key in keys if key})
    for (index, name), (other, second) in itertools.pairwise(ordered):
        if index == other and _INDEX_COLUMN in records[0]:
            raise InputError(
                f"{table} gives class_index {index} two names ({name}, {second}); keep one."
            )
    position = {key: place for place, key in enumerate(ordered)}
    return tuple(name for _, name in ordered), [position[key] if key else None for key in keys]


def _class_index(record: Record, table: str) -> int:
    text = record.get(_INDEX_COLUMN, "0")
    try:
        return int(text)
    except ValueError:
        raise InputError(
            f"{table} has the class_index {text!r}; write whole numbers in this column."
        ) from None


def _from_folders(root: Path) -> tuple[tuple[str, ...], tuple[_Row, ...]]:
    """Read class folders, however deep inside; pictures beside them have no label."""
    found = sorted(_pictures(root))
    class_names = tuple(sorted({path.parts[0] for path in found if len(path.parts) > 1}))
    position = {name: place for place, name in enumerate(class_names)}
    rows = []
    for path in found:
        label = position[path.parts[0]] if len(path.parts) > 1 else None
        caption = "" if label is None else class_names[label]
        rows.append(_Row(str(path), str(path), label, caption))
    return class_names, tuple(rows)


def _pictures(root: Path) -> Iterator[PurePosixPath]:
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = [name for name in subfolders if not _hidden(name)]
        base = PurePosixPath(Path(folder).relative_to(root).as_posix())
        for name in files:
            if not _hidden(name) and PurePosixPath(name).suffix.lower() in SUFFIXES:
                yield base / name


def _hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"
