"""A run says in its folder that it is going, so that a page opened later finds it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replearn.core.errors import InputError
from replearn.core.processes import is_alive

FILE = "pid"
SILENT_SECONDS = 900.0  # a run that wrote nothing for so long is gone, and its number another's


@contextmanager
def alive(folder: Path) -> Iterator[None]:
    """Write this process's number into the folder while the work goes.

    Raises:
        InputError: another process is at work there.
    """
    if is_going(folder):
        raise InputError(
            f"A run is going in {folder}; stop it first, let it finish, or choose another name."
        )
    mark = folder / FILE
    mark.write_text(str(os.getpid()), encoding="utf-8")
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def is_going(folder: Path) -> bool:
    """Say whether a run's process is at work in the folder, whoever started it."""
    try:
        pid = int((folder / FILE).read_text(encoding="utf-8"))
        newest = max(path.stat().st_mtime for path in folder.iterdir())
    except (OSError, ValueError):
        return False
    return is_alive(pid) and time.time() - newest < SILENT_SECONDS
