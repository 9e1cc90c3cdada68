"""An error-aware mixture: clusters that agree in where they lie and in how often they are wrong.

After Domino (Eyuboglu et al. 2022, https://arxiv.org/abs/2203.14960, equations 2 and 3), whose
clusters have a normal distribution of vectors with a diagonal covariance and distributions over
right and given answers. Here one share of mistakes stands for both answers, so that a blind spot
may go across classes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
STEPS = 60
ENOUGH = 1e-4  # change of the mean log-likelihood at which it stops
PRIOR = 10.0  # pictures' worth of the whole's variance that each cluster's is drawn to
SMOOTHED = 0.1  # of a mistake, and of a right answer, that every cluster has
ELSEWHERE = 0.1  # of a picture, spread over all clusters at first


@dataclass(frozen=True, eq=False)
class Mixture:
    """A fitted mixture of k clusters.

    Attributes:
        shares: (k,), of all pictures.
        means, variances: (k, d).
        wrong: (k,), share of mistakes.
        weight: how much a mistake counts beside the vector.
    """

    shares: Doubles
    means: Doubles
    variances: Doubles
    wrong: Doubles
    weight: float

    def scores(self, vectors: Doubles, wrong: Mask | None = None) -> Doubles:
        """Return the log-likelihood of each picture with each cluster, (n, k).

        Args:
            vectors: (n, d).
            wrong: (n,) whether each was answered wrongly; None leaves it out, so that a picture
                joins a cluster whether or not the model is right about it.
        """
        found = np.empty((len(vectors), len(self.shares)))
        for cluster, (mean, variance) in enumerate(zip(self.means, self.variances, strict=True)):
            far = np.square(vectors - mean).dot(1 / variance)
            found[:, cluster] = -0.5 * (far + np.log(2 * np.pi * variance).sum())
        found += np.log(self.shares)
        if wrong is not None:
            mistakes = np.where(wrong[:, None], self.wrong, 1 - self.wrong)
            found += self.weight * np.log(mistakes)
        return found

    def responsibilities(self, vectors: Doubles, wrong: Mask | None = None) -> Doubles:
        """Return how much of each picture belongs to each cluster, (n, k), rows sum to 1."""
        scores = self.scores(vectors, wrong)
        shares = np.exp(scores - scores.max(1, keepdims=True))
        return np.asarray(shares / shares.sum(1, keepdims=True), np.float64)


def fit_mixture(vectors: Doubles, wrong: Mask, clusters: int, weight: float, seed: int) -> Mixture:
    """Fit a mixture by expectation maximisation, from k-means among right and wrong pictures.

    Args:
        vectors: (n, d).
        wrong: (n,) whether each was answered wrongly.
        clusters: k; fewer where there are fewer pictures. Half of them begin among the mistakes.
        weight: how much a mistake counts beside the vector.
        seed: of k-means.
    """
    from scipy.special import logsumexp

    belongs = _first(vectors, wrong, clusters, seed)
    before = -np.inf
    for _ in range(STEPS):
        mixture = _fitted(vectors, wrong, belongs, weight)
        now = float(logsumexp(mixture.scores(vectors, wrong), axis=1).mean())
        if now - before < ENOUGH:
            break
        before = now
        belongs = mixture.responsibilities(vectors, wrong)
    return mixture


def _first(vectors: Doubles, wrong: Mask, clusters: int, seed: int) -> Doubles:
    """Return a first assignment, (n, k)."""
    from sklearn.cluster import KMeans

    blocks = []
    for kind, count in ((True, clusters // 2), (False, clusters - clusters // 2)):
        inside = np.flatnonzero(wrong == kind)
        k = min(count, len(inside))
        if not k:
            continue
        labels = KMeans(k, n_init=1, random_state=seed).fit(vectors[inside]).labels_
        block = np.zeros((len(vectors), k))
        block[inside, labels] = 1
        blocks.append(block)
    found = np.concatenate(blocks, 1)
    # a little of each picture everywhere, or a cluster could never win one
    return np.asarray(found * (1 - ELSEWHERE) + ELSEWHERE / found.shape[1], np.float64)


def _fitted(vectors: Doubles, wrong: Mask, belongs: Doubles, weight: float) -> Mixture:
    sizes = belongs.sum(0) + 1e-9  # (k,)
    means = belongs.T @ vectors / sizes[:, None]
    variances = belongs.T @ np.square(vectors) / sizes[:, None] - np.square(means)
    # of few pictures in many directions a variance is hardly known
    whole = vectors.var(0) + 1e-9
    drawn = (sizes[:, None] * variances + PRIOR * whole) / (sizes[:, None] + PRIOR)
    mistakes = (belongs.T @ wrong + SMOOTHED) / (sizes + 2 * SMOOTHED)
    return Mixture(sizes / sizes.sum(), means, drawn, mistakes, weight)
