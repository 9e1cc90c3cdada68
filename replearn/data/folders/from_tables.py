"""Pictures, labels and captions from the tables beside, or around, the pictures."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from replearn.core.errors import InputError
from replearn.data.folders.cells import Record
from replearn.data.folders.columns import caption_column, label_column, picture_column
from replearn.data.folders.locating import Locator
from replearn.data.folders.rows import SPLIT, Listing, Row
from replearn.data.folders.splits import kind_of_split
from replearn.data.folders.tables import Table

_INDEX_COLUMN = "class_index"
_Key = tuple[int, str]  # a class: its index, where one is given, and its name


def from_tables(root: Path, tables: Sequence[Table]) -> Listing:
    """Return the pictures that tables name; those that can't be used are left out.

    Args:
        root: the folder.
        tables: one, or one for each split or part of one.

    Raises:
        InputError: a table doesn't say which column holds the pictures, a class index is no whole
            number or has two names, or none of the pictures can be used.
    """
    first = tables[0]
    key = first.holds or picture_column(first.records)
    if key is None:
        columns = ", ".join(first.records[0])
        raise InputError(
            f"{first.name} has no column called path or file, nor another that names pictures "
            f"(it has {columns}); name the column of pictures so."
        )
    column = label_column(first.records, key)
    class_names, labels = _classes(tables, column)
    caption = caption_column(first.records, key)
    reader = _Reader(root, key, {key, column, caption} - {None})
    rows, left_out = [], []
    for one, label in zip(reader.lines(tables), labels, strict=True):
        if isinstance(one, str):
            left_out.append(one)
            continue
        path, identity, inside, record, meta = one
        named = "" if label is None else class_names[label]
        text = (record.get(caption) if caption else "") or named
        rows.append(Row(path, identity, label, text, meta, inside))
    if not rows:
        raise InputError(_none_left(first, left_out))
    return Listing(class_names, tuple(rows), _taken(tables, key, column, caption), tuple(left_out))


_Inside = tuple[str, int] | None
_Line = tuple[str, str, _Inside, Record, dict[str, str]]


class _Reader:
    """Reads the lines of tables: each a path, an id, a row inside, the cells, and the meta."""

    def __init__(self, root: Path, key: str, known: set[str | None]) -> None:
        self._locator, self._key, self._known = Locator(root), key, known
        self._seen: dict[str, int] = {}

    def lines(self, tables: Sequence[Table]) -> Iterator["_Line | str"]:
        """Yield every picture, or the sentence that says why it is left out."""
        for table in tables:
            for number, record in enumerate(table.records):
                meta = {name: cell for name, cell in record.items() if name not in self._known}
                meta |= {SPLIT: table.split} if table.split else {}
                written = record.get(self._key, "")
                if table.holds:
                    called = f"{table.split}/{written}" if table.split else written
                    identity = self._once(called if written else f"{table.name}#{number + 1}")
                    yield table.name, identity, (table.holds, number), record, meta
                    continue
                path, reason = self._locator.locate(written, _bases(table, meta))
                if reason:
                    yield f"{table.name}, picture {number + 1}, {reason}."
                else:
                    yield path, self._once(path), None, record, meta

    def _once(self, identity: str) -> str:
        self._seen[identity] = self._seen.get(identity, 0) + 1
        count = self._seen[identity]
        return identity if count == 1 else f"{identity}#{count}"


def _bases(table: Table, meta: Mapping[str, str]) -> tuple[str, ...]:
    """Return where a table's paths may start: beside it, in its split's folder, at the top."""
    split = meta.get(SPLIT, "")
    folders = (table.base, split, "") if kind_of_split(split) else (table.base, "")
    return tuple(dict.fromkeys(folders))


def _classes(
    tables: Sequence[Table], column: str | None
) -> tuple[tuple[str, ...], list[int | None]]:
    """Return the class names, in the order of `class_index` or else sorted, and every label."""
    records = [record for table in tables for record in table.records]
    if column is None:
        return (), [None] * len(records)
    said = tables[0].class_names.get(column)
    if said:
        place = {name: i for i, name in enumerate(said)}
        return said, [place.get(record.get(column, "")) for record in records]
    # two classes of one name stay two where their indices differ (ImageNet has such names)
    name = tables[0].name
    keys = [
        (_class_index(record, name), record[column]) if record.get(column) else None
        for record in records
    ]
    ordered = sorted({key for key in keys if key})
    for (index, one), (other, second) in itertools.pairwise(ordered):
        if index == other and _INDEX_COLUMN in records[0]:
            raise InputError(
                f"{name} gives class_index {index} two names ({one}, {second}); keep one."
            )
    position = {key: i for i, key in enumerate(ordered)}
    return tuple(one for _, one in ordered), [position[key] if key else None for key in keys]


def _class_index(record: Record, table: str) -> int:
    text = record.get(_INDEX_COLUMN, "0")
    try:
        # a spreadsheet writes 3.0 where some lines have no index
        return int(text.removesuffix(".0"))
    except ValueError:
        raise InputError(
            f"{table} has the class_index {text!r}; write whole numbers in this column."
        ) from None


def _none_left(table: Table, left_out: Sequence[str]) -> str:
    if len(left_out) == 1:
        return left_out[0]
    first = left_out[0].rstrip(".")
    return f"None of the {len(left_out):,} pictures that {table.name} names can be used: {first}."


def _taken(tables: Sequence[Table], key: str, column: str | None, caption: str | None) -> str:
    files = " and ".join(table.name for table in tables[:3])
    files += f" and {len(tables) - 3} more" if len(tables) > 3 else ""
    said = f"Pictures from column {key}, "
    said += f"labels from column {column}" if column else "no labels"
    said += f", captions from column {caption}" if caption else ""
    splits = list(dict.fromkeys(table.split for table in tables if table.split))
    return f"{said} of {files}{'; splits ' + ', '.join(splits) if splits else ''}."
