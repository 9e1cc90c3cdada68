"""What the distorted picture is asked about: gathered once, from the values of a listener."""

from dataclasses import dataclass

from replearn.distortions.stack import Stack
from replearn.ui.frame.question import Asked

SEED = 0


@dataclass(frozen=True)
class About:
    """A picture and its question.

    Attributes:
        kept: the distortions that come before the one at the slider.
        picture: a path, or None where there is no picture.
        model: a name of the registry.
        asked: the question above.
    """

    kept: Stack
    picture: str | None
    model: str
    asked: Asked
