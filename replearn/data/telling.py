"""What a user should know of a data set: how it was read, and which pictures are missing."""

from collections.abc import Collection
from typing import Protocol, runtime_checkable

from replearn.core.errors import InputError
from replearn.data.base import Dataset, Listed

MOST = 10  # pictures that are named


@runtime_checkable
class Described(Protocol):
    """A data set that says how it was read.

    Attributes:
        taken: what was taken for what, a sentence, or "".
        left_out: a sentence for each picture that is named somewhere and can't be used.
        splits: those there are.
        split: the one that is open; None means all.
    """

    taken: str
    left_out: tuple[str, ...]
    splits: tuple[str, ...]
    split: str | None


def left_out_of(dataset: Dataset) -> tuple[str, ...]:
    """Return a sentence for each picture that a data set names and can't use."""
    return dataset.left_out if isinstance(dataset, Described) else ()


def splits_used(dataset: Dataset) -> dict[str, str]:
    """Return what a stamp says of a data set's splits; nothing where it has none."""
    if not isinstance(dataset, Described) or not dataset.splits:
        return {}
    return {"split": dataset.split or f"all of {', '.join(dataset.splits)}"}


def said_of(dataset: Dataset) -> list[str]:
    """Return how a user's own data set was read, and which of its splits; else nothing."""
    if not isinstance(dataset, Described):
        return []
    found = [dataset.taken] if dataset.taken else []
    if dataset.split:
        found.append(f"Of its splits ({', '.join(dataset.splits)}), {dataset.split} is used.")
    elif dataset.splits:
        name = f"{dataset.name.partition(':')[2]}@{dataset.splits[0]}"
        found.append(
            f"All of its splits are used together ({', '.join(dataset.splits)}); {name} is one."
        )
    return found


def summary(sentences: Collection[str]) -> list[str]:
    """Return how many pictures are left out, and the first ten of them; nothing where none is."""
    if not sentences:
        return []
    count = len(sentences)
    first = f"Left out: {count:,} picture{'' if count == 1 else 's'}."
    more = [f"And {count - MOST:,} more."] if count > MOST else []
    return [first, *list(sentences)[:MOST], *more]


def missing(dataset: Dataset, opened: Collection[str]) -> list[str]:
    """Return which pictures of a data set weren't used, the first ten, as `summary` does.

    Args:
        dataset: one that isn't listed tells only what it left out by itself.
        opened: ids of those that were.
    """
    found = [*left_out_of(dataset)]
    if isinstance(dataset, Listed):
        known = set(opened)
        rows = [row for row in range(len(dataset)) if dataset.entry(row).id not in known]
        # only those that are named are tried again
        found += [_reason(dataset, row) for row in rows[:MOST]] + [""] * len(rows[MOST:])
    return summary(found)


def unlabelled(dataset: Dataset) -> list[str]:
    """Return the ids of pictures that are known to have no label."""
    if not isinstance(dataset, Listed):
        return []
    entries = map(dataset.entry, range(len(dataset)))
    return [entry.id for entry in entries if entry.label is None]


def _reason(dataset: Dataset, row: int) -> str:
    try:
        return f"{dataset[row].id} couldn't be opened."
    except InputError as error:
        return str(error)
