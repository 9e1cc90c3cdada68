"""One way to ask: an answer, or one sentence."""

import signal
from collections.abc import Callable
from typing import Any

from replearn.core.errors import LONGEST, ReplearnError

SECONDS = 10


def asked(fn: Callable[[], Any]) -> str | None:
    """Call a function; return the sentence by which it refused, or None.

    Whatever else it raises fails the test, as does what takes more than ten seconds.
    """
    was = signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(SECONDS)
    try:
        fn()
    except ReplearnError as error:
        said = str(error)
        assert "\n" not in said
        assert said.endswith((".", "?")), said
        assert len(said) < LONGEST + 10
        said.encode()
        return said
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, was)
    return None


def _hangs(*_: object) -> None:
    raise TimeoutError(f"it took more than {SECONDS} seconds")
