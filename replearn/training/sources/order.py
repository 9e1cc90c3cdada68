"""In which order training pictures come, one turn after the other."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.seeds import generator

Rows = npt.NDArray[np.int64]
MOST_VALUES = 50  # of a column whose values are drawn equally often


class Order(Protocol):
    """Rows of a data set, a turn at a time."""

    def turn(self, number: int) -> Rows:
        """Return the rows of a turn, always as many."""
        ...


class Shuffled:
    """Every row once in a turn.

    Args:
        rows: of the data set.
        seed: of the order.
    """

    def __init__(self, rows: Rows, seed: int) -> None:
        self._rows, self._seed = rows, seed

    def turn(self, number: int) -> Rows:
        """Return all rows in a new order."""
        return generator(self._seed, "order", number).permutation(self._rows)


class Balanced:
    """Every group as often in a turn: the large ones lose rows, the small ones repeat theirs.

    Args:
        rows: of the data set.
        groups: (n,) of all its rows, the group of each.
        seed: of the order.
    """

    def __init__(self, rows: Rows, groups: Sequence[object], seed: int) -> None:
        members: dict[object, list[int]] = {}
        for row in rows.tolist():
            members.setdefault(groups[row], []).append(row)
        self._members = [np.array(inside, np.int64) for inside in members.values()]
        self._count, self._seed = len(rows), seed

    def turn(self, number: int) -> Rows:
        """Return as many rows as there are, in a new order."""
        random = generator(self._seed, "order", number)
        groups = len(self._members)
        shares = np.full(groups, self._count // groups)
        # which groups get one more is drawn anew each turn
        shares[random.permutation(groups)[: self._count % groups]] += 1
        drawn = [
            np.concatenate([random.permutation(inside) for _ in range(-(-share // len(inside)))])[
                :share
            ]
            for inside, share in zip(self._members, shares.tolist(), strict=True)
            if share
        ]
        return random.permutation(np.concatenate(drawn))


def groups_of(
    dataset: str, column: str, values: Sequence[str | None], labels: Sequence[int]
) -> list[tuple[str, int]]:
    """Return each row's group: its value of a column together with its class.

    Args:
        dataset: its name, for the sentence.
        column: the column's name.
        values: (n,) of each row; None where the data set has no such column, "" where a row has no
            value, which is a value of its own.
        labels: (n,) of each row.

    Raises:
        InputError: no row has the column, or it has too many values.
    """
    if all(value is None for value in values):
        raise InputError(
            f"{dataset} has no column {column!r} to draw evenly by; choose one of its columns, or "
            "leave balance empty."
        )
    there = {value or "" for value in values}
    if len(there) > MOST_VALUES:
        raise InputError(
            f"The column {column} of {dataset} has {len(there):,} different values; balance takes "
            f"a column of at most {MOST_VALUES}."
        )
    return [(value or "", label) for value, label in zip(values, labels, strict=True)]
