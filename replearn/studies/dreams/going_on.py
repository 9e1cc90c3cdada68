"""A picture that was stopped goes on, and ends as if it never had been."""

from collections import deque
from collections.abc import Iterator

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.results.dreams import Dream
from replearn.studies.dreams.paused import Paused
from replearn.studies.dreams.visualise import drawn


def go_on(found: Dream, *, progress: Progress = silent) -> Dream:
    """Go on with a picture that was stopped; it ends as if it never had been.

    Args:
        found: the last of what `visualise_growing` gave.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: it is finished.
    """
    return deque(going_on(found, progress=progress), maxlen=1)[0]


def going_on(found: Dream, *, every: int = 8, progress: Progress = silent) -> Iterator[Dream]:
    """Yield a picture that goes on after every few steps; only the last one has been judged.

    Args:
        found, progress: as `go_on` has them.
        every: steps between two pictures.

    Raises:
        InputError: it is finished.
    """
    paused = found.standing
    if not isinstance(paused, Paused):
        raise InputError("This picture is finished; draw another one, with more steps.")
    return drawn((paused.aim, paused.model, paused.choice), paused, every, progress)
