"""Scores that can be explained: a class's logit, or the cosine with a text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F


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
    """The cosine between the image's embedding and a given unit vector (a prompt's)."""

    vector: npt.NDArray[np.float32]  # (d,), L2-normalised
    name: str

    def _text(self, outputs: Tensor) -> Tensor:
        return torch.from_numpy(self.vector).to(outputs)

    def __call__(self, outputs: Tensor) -> Tensor:
        """Return cosines, (n,)."""
        return F.normalize(outputs, dim=1) @ self._text(outputs)

    def direction(self, outputs: Tensor) -> Tensor:
        """Return the unit vector over each output's length, (n, d): linear at these outputs."""
        weights: Tensor = self._text(outputs)[None] / outputs.norm(dim=1, keepdim=True)
        return weights
