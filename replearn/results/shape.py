"""Form against texture: what a model goes by."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Proportion
from replearn.results.stamp import Stamp


@dataclass(frozen=True)
class CueAnswer:
    """One cue-conflict picture and what was said of it.

    Attributes:
        id: of the picture.
        shape: the category whose form it has.
        textures: categories whose texture it has.
        answer: what the model said.
    """

    id: str
    shape: str
    textures: tuple[str, ...]
    answer: str

    @property
    def by_shape(self) -> bool:
        """Whether the answer goes with the form."""
        return self.answer == self.shape

    @property
    def by_texture(self) -> bool:
        """Whether the answer goes with the texture and not with the form."""
        return self.answer != self.shape and self.answer in self.textures


@dataclass(frozen=True, eq=False)
class ConflictPicture:
    """One cue-conflict picture and what several models said of it.

    Attributes:
        picture: (h, w, 3).
        shape: the category whose form it has.
        textures: categories whose texture it has.
        answers: of each model.
    """

    picture: npt.NDArray[np.uint8]
    shape: str
    textures: tuple[str, ...]
    answers: dict[str, CueAnswer]


@dataclass(frozen=True, eq=False)
class ShapeBias:
    """Of the answers that go with form or texture, the share that goes with form.

    Attributes:
        overall: the shape bias; n counts the answers that went with either.
        by_shape: for each category of the form.
        either: how many of all pictures were answered by form or texture.
        answers: a row for each picture.
        stamp: where it comes from.
    """

    overall: Proportion
    by_shape: dict[str, Proportion]
    either: Proportion
    answers: tuple[CueAnswer, ...]
    stamp: Stamp


@dataclass(frozen=True, eq=False)
class Rendition:
    """One of the five renditions of a picture.

    Attributes:
        name: entry of `RENDITIONS`.
        picture: (h, w, 3).
        recipe: how it was made, in words.
    """

    name: str
    picture: npt.NDArray[np.uint8]
    recipe: str


@dataclass(frozen=True)
class RenditionAccuracy:
    """How often a model is right about one rendition.

    Attributes:
        model: its name.
        rendition: entry of `RENDITIONS`.
        accuracy: with interval and n.
    """

    model: str
    rendition: str
    accuracy: Proportion


RENDITIONS = ("original", "greyscale", "silhouette", "edges", "texture")
