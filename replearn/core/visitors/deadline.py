"""Work that may take so many minutes and no more."""

from time import monotonic

from replearn.core.errors import StoppedError
from replearn.core.progress import Progress


def within(minutes: float | None, progress: Progress) -> Progress:
    """Return a progress function that stops the work when its time is over.

    Args:
        minutes: from now on; None leaves the work its time.
        progress: told as before.
    """
    if minutes is None:
        return progress
    end = monotonic() + 60 * minutes

    def told(done: int, total: int, what: str) -> None:
        if monotonic() > end:
            raise StoppedError(
                f"Stopped at {done:,} of {total:,} {what}: {minutes:g} minutes are the longest "
                "that one piece of work may take here; ask for less, or use your own computer."
            )
        progress(done, total, what)

    return told
