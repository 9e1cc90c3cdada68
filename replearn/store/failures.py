"""What a disk does to a table, in one sentence."""

import contextlib
from collections.abc import Iterator

from replearn.core.damaged import DAMAGED
from replearn.core.errors import ReplearnError


class StoreError(ReplearnError):
    """The disk doesn't take rows; those that were kept before can be read."""


class DamagedError(ReplearnError):
    """What is on disk can't be read."""


@contextlib.contextmanager
def failures(kind: type[StoreError | DamagedError], what: str) -> Iterator[None]:
    """Turn what lancedb, Arrow and the disk raise into one sentence that begins with `what`."""
    try:
        yield
    except DAMAGED as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise kind(f"{what} ({reason}).") from error
