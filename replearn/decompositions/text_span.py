"""TextSpan: the texts that span what an attention head gives (Gandelsman et al. 2024).

https://arxiv.org/abs/2310.05916, algorithm 1. One text after another is taken, each the one along
which the head's outputs vary most, and its direction is then removed from outputs and texts alike.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reach:
    """The directions that a head's outputs take, and how they vary in them.

    Attributes:
        axes: (d, r), of length 1 and at right angles.
        spread: (r, r), the outputs' second moments along the axes.
    """

    axes: Wide
    spread: Wide


@dataclass(frozen=True, eq=False)
class Span:
    """Texts in the order in which they were taken.

    Attributes:
        texts: (k,), their rows.
        explained: (k,), the share of the outputs' variance that each adds, from 0 to 1.
    """

    texts: npt.NDArray[np.int64]
    explained: Floats


def reach(outputs: Floats) -> Reach:
    """Return what a head's outputs reach, found once for all that texts are held against.

    Args:
        outputs: (n, d), what the head gave for n pictures; take the mean away for variance about
            it, as the paper does, or leave it for variance about zero.
    """
    wide = outputs.astype(np.float64)
    count, dimensions = wide.shape
    # of few pictures, the moments among them have the same values and are the smaller matrix
    few = count < dimensions
    values, directions = np.linalg.eigh((wide @ wide.T if few else wide.T @ wide) / count)
    kept = values > 1e-10 * max(float(values[-1]), 1e-30)
    axes = directions[:, kept]
    if few:
        axes = np.linalg.qr(wide.T @ axes)[0]  # (d, r)
    along = wide @ axes  # (n, r)
    return Reach(axes, along.T @ along / count)


def text_span(given: Reach, texts: Floats | Wide, k: int) -> Span:
    """Find the texts that span a head's outputs.

    Args:
        given: what the outputs reach.
        texts: (m, d), text vectors.
        k: how many are taken, at most as many as there are texts and dimensions.
    """
    spread = given.spread
    left = texts.astype(np.float64, copy=False) @ given.axes  # (m, r), only what lies in it
    whole = float(np.trace(spread))
    taken: list[int] = []
    explained: list[float] = []
    for _ in range(min(k, len(left), left.shape[1])):
        along = ((left @ spread) * left).sum(1)
        best = int(along.argmax())
        length = float(np.linalg.norm(left[best]))
        if length < 1e-9 or whole <= 0:
            break
        unit = left[best] / length
        before = float(np.trace(spread))
        off = np.eye(len(unit)) - np.outer(unit, unit)
        spread = off @ spread @ off
        left = left - np.outer(left @ unit, unit)
        taken.append(best)
        explained.append((before - float(np.trace(spread))) / whole)
    return Span(np.array(taken, np.int64), np.array(explained, np.float32))


def shuffled_span(given: Reach, texts: Floats | Wide, k: int, seed: int) -> Span:
    """Return what texts span whose numbers were put in another order, the same for all.

    They lie to each other as before and to the head as chance has it: what any set of texts of
    this size explains.
    """
    order = np.random.default_rng(seed).permutation(texts.shape[1])
    axes = np.empty_like(given.axes)
    axes[order] = given.axes  # the same products, without a copy of all texts
    return text_span(Reach(axes, given.spread), texts, k)
