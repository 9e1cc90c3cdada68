"""SpLiCE: a vector as a sparse non-negative sum of words (Bhalla et al. 2024).

https://arxiv.org/abs/2402.10376. The means of pictures and of words are taken away first, for the
two lie in different parts of the space.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
STEPS = 4  # of the path, for each word that is asked for: words may leave it again


@dataclass(frozen=True, eq=False)
class SparseWords:
    """A vector as a sum of words.

    Attributes:
        words: (k,), their rows, the heaviest first.
        weights: (k,), positive.
        rebuilt: (d,), of length 1, the sum with the pictures' mean put back.
        cosine: of the rebuilt vector and the picture's own.
        centred_cosine: the same without the mean, which alone is like any picture.
    """

    words: npt.NDArray[np.int64]
    weights: Floats
    rebuilt: Floats
    cosine: float
    centred_cosine: float


def sparse_words(picture: Floats, words: Floats, mean_picture: Floats, k: int) -> SparseWords:
    """Write a picture's vector as a sum of at most k words.

    The words are those of the lasso's path (scikit-learn's) just before it holds more than k; their
    weights are fitted anew by non-negative least squares, so that none is shrunk.

    Args:
        picture: (d,), of length 1.
        words: (m, d), of length 1 each.
        mean_picture: (d,), the mean of many pictures' vectors.
        k: the most words.
    """
    from sklearn.linear_model import LinearRegression, lars_path

    target = _unit((picture - mean_picture).astype(np.float64))
    centred = words.astype(np.float64) - words.mean(0, dtype=np.float64)
    columns = (centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-12)).T
    _, _, path = lars_path(columns, target, method="lasso", positive=True, max_iter=STEPS * k)
    counts = (path > 0).sum(0)  # at each step of the path
    step = int(np.flatnonzero(counts <= k)[-1]) if (counts <= k).any() else 0
    chosen = np.flatnonzero(path[:, step] > 0)
    if not len(chosen):
        mean = _unit(mean_picture.astype(np.float64))
        return SparseWords(chosen, np.empty(0, np.float32), _narrow(mean), _cos(mean, picture), 0.0)
    fit = LinearRegression(positive=True, fit_intercept=False).fit(columns[:, chosen], target)
    order = np.argsort(-fit.coef_, kind="stable")
    order = order[fit.coef_[order] > 0]
    chosen, weights = chosen[order], fit.coef_[order]
    summed = columns[:, chosen] @ weights
    # as long as the picture's own part beside the mean
    rebuilt = _unit(mean_picture + summed * np.linalg.norm(picture - mean_picture))
    return SparseWords(
        chosen,
        _narrow(weights),
        _narrow(rebuilt),
        _cos(rebuilt, picture),
        _cos(summed, target),
    )


def _unit(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def _narrow(values: npt.NDArray[np.float64]) -> Floats:
    return values.astype(np.float32)


def _cos(one: npt.NDArray[np.floating], other: npt.NDArray[np.floating]) -> float:
    return float(_unit(one.astype(np.float64)) @ _unit(other.astype(np.float64)))
