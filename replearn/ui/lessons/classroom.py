"""The class of a page that was started with `--teach`: its answers, and who may see them."""

import functools
import secrets
from dataclasses import dataclass, field

from replearn.lessons.tally import Tally


@dataclass(frozen=True)
class Classroom:
    """A class.

    Attributes:
        tally: how many have answered what.
        token: stands in the address of the teacher's page; only the terminal shows it.
    """

    tally: Tally = field(default_factory=Tally)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(12))


@functools.cache
def classroom() -> Classroom:
    """Return the class of this process."""
    return Classroom()
