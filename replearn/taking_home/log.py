"""A session's log: what was asked, in order, bounded, with the pictures it was asked about."""

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.core.page_link import PageState
from replearn.taking_home.asked import SIDE, Asked, Table
from replearn.taking_home.carried import Carried

MOST = 100  # answers
LARGEST = 64 << 20  # bytes of pictures that were brought
ON_THE_WAY = 4.0  # seconds: an answer that another one of the same question follows sooner
SHOTS = 12  # pictures of an answer


@dataclass(frozen=True, eq=False)
class Entry:
    """One question and its answer, as they are taken home.

    Attributes:
        tab, question, about, stamp, table, note: see `Asked`.
        code: Python that names pictures by their places.
        shots: PNG and caption of each picture.
        link: the query of the page's state; "" where there is none.
        places: of the pictures that the code names.
        at: when it was answered, by the log's clock.
    """

    tab: str
    question: str
    about: tuple[object, ...]
    code: str
    stamp: str
    table: Table
    note: str
    shots: tuple[tuple[bytes, str], ...]
    link: str
    places: tuple[str, ...]
    at: float


class Log:
    """What one visitor asked.

    A slider that is dragged brings an answer at each step: of answers to the same question that
    follow one another within `ON_THE_WAY` seconds the last one stays. A question with the same
    Python as an earlier one has the same answer, and isn't kept again. Beyond `MOST` answers, or
    `LARGEST` bytes of pictures, the oldest ones go.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()  # two answers of a visitor may come at once
        self._entries: list[Entry] = []
        self._carried = Carried()
        self.left_out = 0
        self.states: dict[str, PageState] = {}  # of each tab, as its answers told of it

    def __deepcopy__(self, memo: dict[int, Any]) -> "Log":
        """Return an empty one: what Gradio copies is the start of a session."""
        return Log(self._clock)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is kept, in the order in which it was asked."""
        return tuple(self._entries)

    def add(self, asked: Asked, link: str = "") -> None:
        """Keep a question, its answer, and the pictures that its code names."""
        with self._lock:
            places: list[str] = []

            def place(path: str) -> str:
                places.append(self._carried.place(path))
                return places[-1]

            try:
                code = asked.code(place)
            except OSError:
                return  # the picture went while the answer was under way
            self._put(_entry(asked, code, link, tuple(places), self._clock()))

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures that the entries' code names, by their places."""
        with self._lock:
            return {one: self._carried.file(one).read_bytes() for one in self._carried.places()}

    def _put(self, entry: Entry) -> None:
        last = self._entries[-1] if self._entries else None
        same = last and (last.tab, last.about) == (entry.tab, entry.about)
        if last and same and entry.at - last.at < ON_THE_WAY:
            self._entries.pop()
        if all(entry.code != one.code for one in self._entries):
            self._entries.append(entry)
        self._tidy()
        while len(self._entries) > 1 and (
            len(self._entries) > MOST or self._carried.size() > LARGEST
        ):
            self._entries.pop(0)
            self.left_out += 1
            self._tidy()

    def _tidy(self) -> None:
        self._carried.keep_only(place for one in self._entries for place in one.places)


def _entry(asked: Asked, code: str, link: str, places: tuple[str, ...], at: float) -> Entry:
    return Entry(
        asked.tab,
        asked.question,
        asked.about,
        code,
        asked.stamp,
        asked.table,
        asked.note,
        tuple((_png(one.picture), one.caption) for one in asked.shots[:SHOTS]),
        link,
        places,
        at,
    )


def _png(picture: Image.Image) -> bytes:
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    buffer = io.BytesIO()
    small.save(buffer, "PNG")
    return buffer.getvalue()
