"""SpLiCE: a vector as a sparse non-negative sum of words (Bhalla et al. 2024).

https://arxiv.org/abs/2402.10376. The means of pictures and of words are taken away first, for the
two lie in different parts of the space.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_Doubles = npt.NDArray[np.float64]
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


class WordSums:
    """Words, ready for many pictures' vectors to be written in.

    Args:
        words: (m, d), of length 1 each.
        mean_picture: (d,), the mean of many pictures' vectors.
    """

    def __init__(self, words: Floats, mean_picture: Floats) -> None:
        centred = words.astype(np.float64) - words.mean(0, dtype=np.float64)
        lengths = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-12)
        self._columns = (centred / lengths).T  # (d, m)
        self._mean = mean_picture

    def of(self, picture: Floats, counts: Sequence[int]) -> list[SparseWords]:
        """Write a picture's vector, (d,) of length 1, in at most k words, for each k of `counts`.

        The words are those of the lasso's path (scikit-learn's) just before it holds more than k;
        their weights are fitted anew by non-negative least squares, so that none is shrunk.
        """
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import lars_path

        target = _unit((picture - self._mean).astype(np.float64))
        most = STEPS * max(counts)
        with warnings.catch_warnings():  # words that say the same are left out of the path
            warnings.simplefilter("ignore", ConvergenceWarning)
            _, _, path = lars_path(
                self._columns, target, method="lasso", positive=True, max_iter=most
            )
        return [self._sum(picture, target, path[:, : STEPS * k + 1], k) for k in counts]

    def _sum(self, picture: Floats, target: _Doubles, path: _Doubles, k: int) -> SparseWords:
        from sklearn.linear_model import LinearRegression

        held = (path > 0).sum(0)  # at each step of the path
        step = int(np.flatnonzero(held <= k)[-1]) if (held <= k).any() else 0
        chosen = np.flatnonzero(path[:, step] > 0)
        if not len(chosen):
            mean = _unit(self._mean.astype(np.float64))
            cosine = _cos(mean, picture)
            return SparseWords(chosen, np.empty(0, np.float32), _narrow(mean), cosine, 0.0)
        columns = self._columns[:, chosen]
        fit = LinearRegression(positive=True, fit_intercept=False).fit(columns, target)
        order = np.argsort(-fit.coef_, kind="stable")
        order = order[fit.coef_[order] > 0]
        weights = fit.coef_[order]
        summed = columns[:, order] @ weights
        # as long as the picture's own part beside the mean
        rebuilt = _unit(self._mean + summed * np.linalg.norm(picture - self._mean))
        return SparseWords(
            chosen[order],
            _narrow(weights),
            _narrow(rebuilt),
            _cos(rebuilt, picture),
            _cos(summed, target),
        )


def sparse_words(picture: Floats, words: Floats, mean_picture: Floats, k: int) -> SparseWords:
    """Write a picture's vector as a sum of at most k words, as `WordSums` does.

    Args:
        picture: (d,), of length 1.
        words: (m, d), of length 1 each.
        mean_picture: (d,), the mean of many pictures' vectors.
        k: the most words.
    """
    return WordSums(words, mean_picture).of(picture, [k])[0]


def _unit(vector: _Doubles) -> _Doubles:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def _narrow(values: _Doubles) -> Floats:
    return values.astype(np.float32)


def _cos(one: npt.NDArray[np.floating], other: npt.NDArray[np.floating]) -> float:
    return float(_unit(one.astype(np.float64)) @ _unit(other.astype(np.float64)))
