"""Downloads that go on behind the page: one for each name, whoever watches."""

import atexit
import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from typing import Literal

from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.core.visitors.visitor import visitor

_BAR = re.compile(r"(\d+)%\|")  # as the hub's library tells how far a data set is
_SPEED_OVER = 5.0  # seconds over which the speed is averaged


@dataclass(frozen=True)
class State:
    """How far a download is.

    Attributes:
        kind: "asking" before the first byte, "going", and how it ended.
        done: bytes that are here; of a data set of the hub's, per cent.
        total: of so many; 0 where that isn't known yet.
        speed: bytes a second over the last few.
        said: what went wrong, in one sentence.
    """

    kind: Literal["asking", "going", "here", "stopped", "failed"] = "asking"
    done: float = 0
    total: float = 0
    speed: float = 0
    said: str = ""

    @property
    def ended(self) -> bool:
        """Say whether nothing more will come."""
        return self.kind in ("here", "stopped", "failed")


class Transfer:
    """One download: `python -m replearn download NAME --json` in a process of its own."""

    def __init__(self, name: str) -> None:
        self.name, self.owner = name, visitor()
        self.state = State()
        self._seen: list[tuple[float, float]] = []  # (when, bytes)
        self._child = subprocess.Popen(
            [sys.executable, "-m", "replearn", "download", name, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,  # a progress bar's carriage returns count as line ends
            env={**os.environ, "HF_HUB_OFFLINE": "0", "PYTHONUNBUFFERED": "1"},
        )
        atexit.register(self.stop)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def is_own(self) -> bool:
        """Say whether who asks may stop it."""
        return visitor() in (None, self.owner)

    def stop(self) -> None:
        """End it; what is here is kept, and the next one goes on from there."""
        if self._child.poll() is None:
            self.state = replace(self.state, kind="stopped", speed=0)
            self._child.terminate()
        self.settled()
        atexit.unregister(self.stop)

    def settled(self) -> None:
        """Wait until its process has ended: one that was stopped puts its files in order."""
        self._reader.join(10)

    def _read(self) -> None:
        last = ""
        assert self._child.stdout is not None
        for line in self._child.stdout:
            last = line.strip() or last
            if not self.state.ended:
                self._take(last)
        code = self._child.wait()
        atexit.unregister(self.stop)
        if self.state.kind != "stopped":
            said = last or f"The download of {self.name} failed."
            kind: Literal["here", "failed"] = "failed" if code else "here"
            self.state = replace(self.state, kind=kind, said=said if code else "", speed=0)

    def _take(self, line: str) -> None:
        found = _BAR.search(line)
        if found and not self._seen:  # who tells bytes draws a bar for each file, too
            self.state = State("going", float(found[1]), 100)
        with contextlib.suppress(ValueError, TypeError, KeyError):
            told = json.loads(line[line.rindex("{") :])  # on the line of such a bar
            self._seen.append((time.monotonic(), told["done"]))
            began = self._seen[-1][0] - _SPEED_OVER
            self._seen = [one for one in self._seen if one[0] >= began]
            (first, before), (now, done) = self._seen[0], self._seen[-1]
            speed = (done - before) / (now - first) if now > first else 0
            self.state = State("going", done, told["total"], speed)


_going: dict[str, Transfer] = {}
_lock = threading.Lock()


def transfer(name: str) -> Transfer:
    """Return the download of a name that is under way, or begin one.

    Raises:
        InputError: too many are under way, of the visitor's or in sum.
    """
    with _lock:
        found = _going.get(name)
        if found is not None and found.state.ended:
            found.settled()
        if found is None or found.state.ended:
            _must_be_free()
            found = _going[name] = Transfer(name)
        return found


def _must_be_free() -> None:
    bounds = from_environment()
    going = [one for one in _going.values() if not one.state.ended]
    own = sum(one.owner == visitor() for one in going)
    if bounds.per_visitor and own >= bounds.per_visitor:
        raise InputError(
            f"You download already ({own} at once is what this page allows); begin this one when "
            "that is done, or stop that one."
        )
    if bounds.in_sum and len(going) >= bounds.in_sum:
        raise InputError(
            f"{len(going)} downloads go on already, which is what this page allows; press again "
            "when one is done."
        )


def under_way(name: str) -> Transfer | None:
    """Return the last download of a name, if there was one."""
    return _going.get(name)
