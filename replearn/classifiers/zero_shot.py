"""Zero-shot classification: the nearest label's text in the joint space (Radford et al. 2021)."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError

Vectors = npt.NDArray[np.float32]


def mean_prompt(vectors: Vectors) -> Vectors:
    """Average unit vectors over templates and normalise again: (k, t, d) to (k, d)."""
    mean = np.nanmean(vectors, axis=1)
    lengths = np.linalg.norm(mean, axis=1, keepdims=True)
    return np.asarray(mean / np.maximum(lengths, 1e-12), np.float32)


def softmax(scores: npt.NDArray[np.floating]) -> Vectors:
    """Return the softmax along the last axis, computed in float64."""
    shifted = scores.astype(np.float64) - scores.max(axis=-1, keepdims=True)
    weights = np.exp(shifted)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True), np.float32)


@dataclass(frozen=True, eq=False)
class ZeroShotClassifier:
    """Probabilities are softmax(weight * cosine / temperature) over the labels given alone.

    Attributes:
        text_vectors: (k, d), L2-normalised, one per label.
        temperature: positive; the smaller, the more the best label takes all.
        weights: (k,) what each label's cosine is multiplied by before the softmax; 1 but for a
            label that was calibrated against the others (Zhao et al. 2021).
    """

    text_vectors: Vectors
    temperature: float
    weights: Vectors | float = 1.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and self.temperature > 0):
            raise InputError(
                f"The temperature is {self.temperature}; it must be a positive number."
            )

    def cosines(self, vectors: Vectors) -> Vectors:
        """Return cosines between unit image vectors (n, d) and the labels, (n, k)."""
        return np.asarray(np.clip(vectors @ self.text_vectors.T, -1, 1), np.float32)

    def predict(self, vectors: Vectors) -> Vectors:
        """Return probabilities, (n, k); each row adds up to 1."""
        return softmax(self.cosines(vectors) * self.weights / self.temperature)
