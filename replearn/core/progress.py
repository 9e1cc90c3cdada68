"""How long work reports where it is, and how it is stopped."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int, str], None]
"""`progress(done, total, what)`; it may raise `StoppedError` to stop the work."""

T = TypeVar("T")


def silent(done: int, total: int, what: str) -> None:
    """Report nothing."""


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items, pulling no more items than the batch needs."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
