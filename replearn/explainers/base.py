"""What every explainer takes and gives."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels, Vectors
from replearn.encoders.tower import ImageTower
from replearn.results.trust import Completeness

Maps = npt.NDArray[np.float32]  # (n, h, w), raw values


class Passes(NamedTuple):
    """How often a network runs for one map: forward on the engine, and in torch with gradients."""

    forward: int = 0
    gradient: int = 0


class Score(Protocol):
    """The number that is explained, as a function of the network's outputs."""

    @property
    def name(self) -> str:
        """What is explained, in words."""
        ...

    def __call__(self, outputs: Tensor) -> Tensor:
        """Map outputs (n, k) to scores (n,), differentiably."""
        ...

    def direction(self, outputs: Tensor) -> Tensor:
        """Return (n, k) weights with `(outputs * weights).sum(1) == score` at these outputs."""
        ...


class Explained(Protocol):
    """The part of an encoder that explainers use."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def outputs(self, pixels: Pixels) -> Vectors:
        """Run the network forward, without gradients, as fast as this machine can."""
        ...

    def tower(self) -> ImageTower:
        """Return the network in torch."""
        ...


@dataclass(frozen=True)
class Explainer(ABC):
    """A method that says which pixels a score depends on; its fields are its settings.

    Attributes:
        name: in `EXPLAINERS`.
        paper: its address.
        signed: whether negative values mean something.
        needs_gradients: whether the network runs in torch, backwards too.
        reads_target: whether another score gives another map.
    """

    name: ClassVar[str]
    paper: ClassVar[str]
    signed: ClassVar[bool] = False
    needs_gradients: ClassVar[bool]
    reads_target: ClassVar[bool] = True

    @abstractmethod
    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return raw values, shape (n, h, w) at the method's own resolution; scaling is plotting's.

        Args:
            encoder: the model whose score is explained.
            pixels: (n, 3, h, w) as `encoder.preprocess` gives them; left unchanged.
            score: what is explained.
            progress: told after each forward pass; may raise `StoppedError`.

        Raises:
            CapabilityError: the method can't be used with this model; the message names one that
                can.
        """

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:  # noqa: ARG003
        """Say whether a network has what the method looks at."""
        return True

    def place(self, tower: ImageTower, pixels: Tensor) -> str:  # noqa: ARG002
        """Return where in the network the method looks, in words.

        Args:
            tower: the network.
            pixels: (n, 3, h, w).
        """
        return "pixels"

    def passes(self, tower: ImageTower, pixels: Tensor) -> Passes:  # noqa: ARG002
        """Return how often the network runs for one map, so that its time can be told.

        Args:
            tower: the network.
            pixels: (1, 3, h, w).
        """
        return Passes(gradient=1)

    def completeness(
        self,
        encoder: Explained,  # noqa: ARG002
        pixels: Pixels,  # noqa: ARG002
        score: Score,  # noqa: ARG002
        values: Maps,  # noqa: ARG002
    ) -> Completeness | None:
        """Return what a map adds up to and what it should, where the method claims a sum.

        Args:
            encoder: the model whose score was explained.
            pixels: (1, 3, h, w).
            score: what was explained.
            values: (h, w), the map of this picture.
        """
        return None


class GrowingExplainer(Explainer):
    """A method of many forward passes, whose map is worth looking at before the last."""

    @abstractmethod
    def grow(
        self, encoder: Explained, picture: Pixels, score: Score, progress: Progress = silent
    ) -> Iterator[Maps]:
        """Yield one picture's map (h, w) after each batch; the last one is the whole.

        Args:
            encoder: the model whose score is explained.
            picture: (3, h, w).
            score: what is explained.
            progress: told after each batch.
        """

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return the finished maps, (n, h, w)."""
        return np.stack(
            [list(self.grow(encoder, picture, score, progress))[-1] for picture in pixels]
        )
