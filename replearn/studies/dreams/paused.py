"""Where a drawing stood when it was stopped, so that it can go on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from replearn.studies.dreams.aims import Aim

if TYPE_CHECKING:
    from replearn.studies.dreams.dream_choice import DreamChoice
    from replearn.visualisations.ascent import Standing


@dataclass(frozen=True, eq=False)
class Paused:
    """A drawing that can go on.

    Attributes:
        aim, model, choice: what is drawn.
        steps: pictures so far.
        seconds: that it took so far.
        climb: where it stood.
    """

    aim: Aim
    model: str
    choice: "DreamChoice"
    steps: tuple[Image.Image, ...]
    seconds: float
    climb: "Standing"
