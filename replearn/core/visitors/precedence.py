"""Short questions first: long work pauses between its steps while a question is young."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, sleep

YOUNG = 1.0  # seconds: what isn't answered by then is no short question
PATIENCE = 0.25  # seconds that long work pauses at a step, at the most
LATELY = 5.0  # seconds for which another question is to be expected
_LOOK = 0.002  # seconds between two looks
_own: ContextVar[int | None] = ContextVar("own", default=None)


class Precedence:
    """Which questions are being answered, and since when."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}
        self._last = float("-inf")
        self._numbers = itertools.count()

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Count what is done inside as a question, which is short until it has grown old."""
        number = next(self._numbers)
        self._since[number] = self._last = monotonic()
        before = _own.set(number)
        try:
            yield
        finally:
            _own.reset(before)
            del self._since[number]

    def lately(self) -> bool:
        """Say whether somebody asked a moment ago: then long work does well to take small steps."""
        return monotonic() - self._last < LATELY

    def let_pass(self) -> None:
        """Pause while another's question is young; what is young itself goes on at once."""
        if not self._since or self._is_young(_own.get()):
            return
        end = monotonic() + PATIENCE
        while any(map(self._is_young, list(self._since))) and monotonic() < end:
            sleep(_LOOK)

    def _is_young(self, number: int | None) -> bool:
        since = None if number is None else self._since.get(number)
        return since is not None and monotonic() - since < YOUNG


QUESTIONS = Precedence()
