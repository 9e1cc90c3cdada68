"""What every explainer takes and gives."""

from abc import ABC, abstractmethod
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Encoder, Pixels

Maps = npt.NDArray[np.float32]  # (n, h, w), raw values


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


class Explainer(ABC):
    """A method that says which pixels a score depends on."""

    name: ClassVar[str]
    paper: ClassVar[str]
    needs_gradients: ClassVar[bool]

    @abstractmethod
    def explain(
        self, encoder: Encoder, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return raw values, shape (n, h, w) at the method's own resolution; scaling is plotting's.

        Args:
            encoder: the model whose score is explained.
            pixels: (n, 3, h, w) as `encoder.preprocess` gives them; left unchanged.
            score: what is explained.
            progress: told after each forward pass; may raise `StoppedError`.
        """
