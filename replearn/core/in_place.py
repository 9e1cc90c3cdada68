"""A file that was written aside takes its place at once, on every system."""

import time
from pathlib import Path

TRIES, SECONDS = 20, 0.05


def put_in_place(part: Path, path: Path) -> None:
    """Let a file that is whole replace another.

    Windows refuses it while somebody reads the other, as a page reads a run that goes: it is tried
    again for a second.

    Raises:
        OSError: it can't be done.
    """
    for left in reversed(range(TRIES)):
        try:
            part.replace(path)
        except PermissionError:
            if not left:
                raise
            time.sleep(SECONDS)
        else:
            return
