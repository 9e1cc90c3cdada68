"""How good features are while they are learnt."""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Floats = npt.NDArray[np.float32]


def alignment(first: Tensor, second: Tensor) -> float:
    """Return the mean squared distance of positive pairs (Wang and Isola 2020, alpha = 2).

    Args:
        first: (n, d), L2-normalised.
        second: (n, d), L2-normalised, in the same order.
    """
    return float((first - second).square().sum(1).mean())


def uniformity(vectors: Tensor) -> float:
    """Return log mean exp(-2 |x - y|^2) over pairs (Wang and Isola 2020); lower is more even.

    Args:
        vectors: (n, d), L2-normalised.
    """
    squared = torch.pdist(vectors.float()).square()
    return float((-2 * squared).exp().mean().log())


def knn_accuracy(fit: Floats, fit_labels, test: Floats, test_labels, k: int = 20) -> float:  # type: ignore[no-untyped-def]
    """Return the share of test rows whose k nearest by cosine vote for their label.

    Votes are weighted by exp(cosine / 0.07), as in Wu et al. 2018.
    """
    return float((knn_predictions(fit, fit_labels, test, k) == test_labels).mean())


def knn_predictions(fit: Floats, fit_labels, test: Floats, k: int = 20):  # type: ignore[no-untyped-def]
    """Return the label that each test row's neighbours vote for, (m,)."""
    cosines = unit_rows(test) @ unit_rows(fit).T  # (m, n)
    k = min(k, cosines.shape[1])
    nearest = np.argpartition(-cosines, k - 1, axis=1)[:, :k]  # (m, k)
    weights = np.exp(np.take_along_axis(cosines, nearest, 1) / 0.07)
    votes = np.zeros((len(test), int(fit_labels.max()) + 1))
    rows = np.arange(len(test))[:, None]
    np.add.at(votes, (rows, fit_labels[nearest]), weights)
    return votes.argmax(1)


@dataclass(frozen=True, eq=False)
class LinearProbe:
    """A linear classifier on frozen features: logits = features @ weight.T + bias."""

    weight: Floats  # (classes, d)
    bias: Floats  # (classes,)

    def accuracy(self, features: Floats, labels) -> float:  # type: ignore[no-untyped-def]
        """Return the share of rows that are right."""
        return float(((features @ self.weight.T + self.bias).argmax(1) == labels).mean())


def linear_probe(features: Floats, labels, classes: int) -> LinearProbe:  # type: ignore[no-untyped-def]
    """Fit multinomial logistic regression on standardised features; labels must be 0 or more.

    It stops after 150 steps: what is left then changes accuracy by less than its interval.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(0), features.std(0) + 1e-6
    scaled = (features - mean) / spread
    weight = np.zeros((classes, features.shape[1]), np.float32)
    bias = np.full(classes, -20.0, np.float32)
    present = np.unique(labels)
    if len(present) < 2:
        bias[present] = 0
        return LinearProbe(weight, bias)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = LogisticRegression(C=0.3, max_iter=150, tol=1e-3).fit(scaled, labels)
    raw, offset = fitted.coef_, fitted.intercept_
    if len(present) == 2:  # scikit-learn gives one row for two classes
        raw, offset = np.concatenate([-raw, raw]) / 2, np.concatenate([-offset, offset]) / 2
    weight[present] = raw / spread
    bias[present] = offset - (raw / spread) @ mean
    return LinearProbe(weight, bias)


def unit_rows(vectors: Floats) -> Floats:
    """Return rows of unit length."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
