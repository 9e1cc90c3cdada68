"""Scores that can be explained: a class's logit, a cosine, the difference of two scores."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.explainers.base import Score


@dataclass(frozen=True)
class ClassScore:
    """The logit of one class."""

    index: int
    name: str

    def __call__(self, outputs: Tensor) -> Tensor:
        """Return column `index` of the logits, (n,)."""
        return outputs[:, self.index]

    def direction(self, outputs: Tensor) -> Tensor:
        """Return one-hot rows, (n, classes)."""
        weights = torch.zeros_like(outputs)
        weights[:, self.index] = 1
        return weights


@dataclass(frozen=True, eq=False)
class CosineScore:
    """The cosine between the image's embedding and a unit vector (a prompt's or a picture's)."""

    vector: npt.NDArray[np.float32]  # (d,), L2-normalised
    name: str

    def _vector(self, outputs: Tensor) -> Tensor:
        return torch.from_numpy(self.vector).to(outputs)

    def __call__(self, outputs: Tensor) -> Tensor:
        """Return cosines, (n,)."""
        return F.normalize(outputs, dim=1) @ self._vector(outputs)

    def direction(self, outputs: Tensor) -> Tensor:
        """Return the unit vector over each output's length, (n, d): linear at these outputs."""
        weights: Tensor = self._vector(outputs)[None] / outputs.norm(dim=1, keepdim=True)
        return weights


@dataclass(frozen=True, eq=False)
class DifferenceScore:
    """One score minus another: why this and not that?"""

    wanted: Score
    against: Score

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.wanted.name} minus {self.against.name}"

    def __call__(self, outputs: Tensor) -> Tensor:
        """Return differences, (n,)."""
        return self.wanted(outputs) - self.against(outputs)

    def direction(self, outputs: Tensor) -> Tensor:
        """Return the difference of the two directions, (n, k)."""
        return self.wanted.direction(outputs) - self.against.direction(outputs)
