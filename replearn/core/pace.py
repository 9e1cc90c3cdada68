"""How far work is, how fast it goes, and how long it will take."""

import time
from collections.abc import Callable

WORTH_TELLING = 2.0  # seconds


class Pace:
    """A `Progress` that says so in a line, now and then.

    Args:
        say: is given the line, for example "1,024 of 10,000 pictures embedded, 210 a second,
            43 s left".
        every: seconds between two lines; the end of work that was spoken of is said at once.
        clock: in seconds.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        every: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._every, self._clock = say, every, clock
        self._total = -1
        self._done = 0
        self._start = (0.0, 0)  # time, done
        self._said_at: float | None = None
        self._spoken = False  # of this work

    def __call__(self, done: int, total: int, what: str) -> None:
        """Tell where the work is; another total, or a smaller number, is other work."""
        now = self._clock()
        if self._said_at is None:
            self._said_at = now
        if total != self._total or done < self._done:
            self._total, self._start, self._spoken = total, (now, done), False
        self._done = done
        ended = done >= total and self._spoken
        if now - self._said_at < self._every and not ended:
            return
        self._said_at, self._spoken = now, True
        self._say(self._line(now, done, total, what))

    def _line(self, now: float, done: int, total: int, what: str) -> str:
        seconds = now - self._start[0]
        rate = (done - self._start[1]) / seconds if seconds >= 1 else 0.0  # else it's chance
        line = f"{done:,} of {total:,} {what}"
        if rate > 0:
            line += f", {_short(rate)} a second, {duration((total - done) / rate)} left"
        return line


def _short(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def duration(seconds: float) -> str:
    """Return a length of time as a person says it: "43 s", "12 min", "3 h 20 min"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def about(what: str, seconds: float) -> str:
    """Return what a button does, and how long one has to wait for it: "draw (about 12 s)"."""
    return what if seconds < WORTH_TELLING else f"{what} (about {duration(seconds)})"
