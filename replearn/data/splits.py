"""Which split of somebody else's data set is trained on, and which is measured on."""

from collections.abc import Sequence

from replearn.core.errors import InputError
from replearn.core.registry import nearest

FIFTH = 5


def choose_split(data: str, wanted: str, there: Sequence[str]) -> tuple[str, bool]:
    """Return the split to open, and whether "train" and "test" are still to be cut from it.

    "test" falls back to a validation split; a data set that comes in one piece is divided by
    `divided`, so that what is trained on is never measured on.

    Args:
        data: the data set's name, for the message.
        wanted: "train", "test", or a split of the data set's own.
        there: the splits there are.

    Raises:
        InputError: there is no such split; the message lists those there are.
    """
    if len(there) == 1 and there[0] != "test" and wanted in {"train", "test"}:
        return there[0], True
    if wanted in there:
        return wanted, False
    if wanted == "test":
        for name in ("validation", "valid", "val"):
            if name in there:
                return name, False
    raise InputError(
        f"{data} has no split {wanted!r}; choose one of {', '.join(there)}.{nearest(wanted, there)}"
    )


def divided(rows: int, wanted: str) -> list[int]:
    """Return every fifth row for "test", all others for "train"."""
    return [row for row in range(rows) if (row % FIFTH == 0) == (wanted == "test")]
