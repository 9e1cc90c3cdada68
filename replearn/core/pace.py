"""How far work is, how fast it goes, and how long it will take."""

import time
from collections.abc import Callable


class Pace:
    """A `Progress` that says so in a line, now and then.

    Args:
        say: is given the line, for example "1,024 of 10,000 pictures embedded, 210 a second,
            43 s left".
        every: seconds between two lines.
        clock: in seconds.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        every: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._every, self._clock = say, every, clock
        self._what = ""
        self._start = self._said = (0.0, 0)  # time, done

    def __call__(self, done: int, total: int, what: str) -> None:
        """Tell where the work is; the first call of each kind of work starts its clock."""
        now = self._clock()
        if what != self._what:
            self._what = what
            self._start = self._said = (now, done)
        if now - self._said[0] < self._every and done < total:
            return
        self._said = (now, done)
        seconds = now - self._start[0]
        rate = (done - self._start[1]) / seconds if seconds > 0 else 0.0
        line = f"{done:,} of {total:,} {what}"
        if rate > 0:
            line += f", {_short(rate)} a second, {duration((total - done) / rate)} left"
        self._say(line)


def _short(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def duration(seconds: float) -> str:
    """Return a length of time as a person says it: "43 s", "12 min", "3 h 20 min"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
