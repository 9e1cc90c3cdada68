"""What a folder's pictures are, before any is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SPLIT = "split"  # the column of `meta` that names it
NAMED = 10  # pictures that a sentence names


@dataclass(frozen=True)
class Row:
    """One picture.

    Attributes:
        path: of its file, relative to the folder, with forward slashes.
        id: unique within the data set.
        label: index into the class names; None where nothing is known.
        caption: a text, or "".
        meta: what else is known.
        inside: of a file that is a table and holds its pictures itself, the column and the row.
    """

    path: str
    id: str
    label: int | None = None
    caption: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[str, int] | None = None


@dataclass(frozen=True)
class Listing:
    """The pictures of a folder.

    Attributes:
        class_names: what labels count.
        rows: one per picture.
        taken: what was taken for what, a sentence, or "".
        left_out: a sentence for each picture that is named and can't be used.
    """

    class_names: tuple[str, ...]
    rows: tuple[Row, ...]
    taken: str = ""
    left_out: tuple[str, ...] = ()


def split_of(row: Row) -> str:
    """Return the split that a picture belongs to; "" where there is none."""
    name = next((name for name in row.meta if name.strip().lower() == SPLIT), None)
    return row.meta[name] if name else ""


def named(things: Sequence[str]) -> str:
    """Return the first ten, and how many more there are."""
    more = f", and {len(things) - NAMED:,} more" if len(things) > NAMED else ""
    return ", ".join(things[:NAMED]) + more
