"""Who asks: on a page that others reach, visitors see and stop what is their own."""

from collections.abc import Callable

_sources: list[Callable[[], str | None]] = []


def visitor() -> str | None:
    """Return who asks, as a name that nobody can guess.

    None is the computer's own user, who may do everything; an empty name is one who owns nothing.
    """
    return _sources[-1]() if _sources else None


def told_by(source: Callable[[], str | None]) -> None:
    """Let the page tell who asks, for as long as the program runs."""
    _sources[:] = [source]


def told_by_nobody() -> None:
    """Let the computer's own user be the one who asks, as before the page told."""
    _sources.clear()
