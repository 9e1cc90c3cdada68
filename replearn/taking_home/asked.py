"""What was asked and what was answered, as a tab hands it over."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

Cell = str | float
SIDE = 320  # pixels of a picture in the report, at most
# takes a picture along by its path, and returns how the notebook finds it
Place = Callable[[str], str]


@dataclass(frozen=True)
class Table:
    """An answer in figures.

    Attributes:
        columns: their names.
        rows: texts stay as they are; numbers are shown with three digits and kept whole.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Shot:
    """A picture that belongs to an answer, and what stands below it."""

    picture: Image.Image
    caption: str = ""


@dataclass(frozen=True, eq=False)
class Asked:
    """One question and its answer.

    Attributes:
        tab: where it was asked.
        question: in one line.
        about: what tells that it is another question than the one before: picture, model, ...; an
            answer that only a control moved on from takes the place of the one before.
        code: writes the Python that gives the same numbers; it places every picture that it names.
        stamp: where the answer comes from.
        table: the answer.
        note: a sentence beside it.
        shots: pictures of the answer.
    """

    tab: str
    question: str
    about: tuple[object, ...]
    code: Callable[[Place], str]
    stamp: str
    table: Table = Table()
    note: str = ""
    shots: tuple[Shot, ...] = ()


def as_it_lies(path: str) -> str:
    """Take nothing along: the page's own code names a picture where it lies."""
    return path
