"""What does the temperature do? One anchor's softmax over the others, with the loss's numbers."""

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.results.training import AnchorLoss

Floats = npt.NDArray[np.float64]


def anchor_loss(cosines: npt.ArrayLike, anchor: int, temperature: float) -> AnchorLoss:
    """Return the loss of one view of a batch (Chen et al. 2020).

    The derivative of -log p(positive) with respect to cosine j is (p_j - [j is positive]) / tau.

    Args:
        cosines: of 2n views with each other, (2n, 2n); view i's partner is i + n modulo 2n.
        anchor: a row.
        temperature: cosines are divided by it.

    Raises:
        InputError: the row doesn't exist, or the temperature isn't above 0.
    """
    matrix = np.asarray(cosines, np.float64)
    views = len(matrix)
    if not 0 <= anchor < views:
        raise InputError(f"There is no view {anchor}; the batch has {views}.")
    if not temperature > 0:
        raise InputError(f"The temperature is {temperature}; it must be above 0.")
    others = [j for j in range(views) if j != anchor]
    positive = others.index((anchor + views // 2) % views)
    values = matrix[anchor, others]
    scaled = values / temperature
    shares = np.exp(scaled - scaled.max())
    shares /= shares.sum()
    pull = shares.copy()
    pull[positive] -= 1
    loss = float(np.log(np.exp(scaled - scaled.max()).sum()) + scaled.max() - scaled[positive])
    return AnchorLoss(values, shares, pull / temperature, positive, loss, temperature)


def clip_shares(cosines: npt.ArrayLike, temperature: float) -> tuple[Floats, float]:
    """Return softmax over each row of an N x N matrix of picture and text cosines, and CLIP's loss.

    Raises:
        InputError: the temperature isn't above 0.
    """
    if not temperature > 0:
        raise InputError(f"The temperature is {temperature}; it must be above 0.")
    scaled = np.asarray(cosines, np.float64) / temperature
    rows, columns = _log_softmax(scaled), _log_softmax(scaled.T)
    loss = -(np.diag(rows).mean() + np.diag(columns).mean()) / 2
    return np.exp(rows), float(loss)


def formula(found: AnchorLoss, anchor: str) -> str:
    """Return NT-Xent of one anchor as LaTeX with its numbers, and a sentence."""
    own, share = found.cosines[found.positive], found.shares[found.positive]
    count, tau = len(found.cosines), f"{found.temperature:.2f}"
    return (
        rf"$$\ell = -\log \frac{{e^{{\cos^+/\tau}}}}{{\sum_{{k=1}}^{{{count}}} e^{{\cos_k/\tau}}}}"
        rf" = -\log \frac{{e^{{{own:.2f}/{tau}}}}}{{\sum_k e^{{\cos_k/{tau}}}}}"
        rf" = -\log {share:.3f} = {found.loss:.2f}\ \text{{nats}}$$"
        f"\n\nAnchor {anchor}: its partner gets {share:.1%} of the softmax; guessing among {count} "
        f"would give {1 / count:.1%} and a loss of {np.log(count):.2f} nats."
    )


def clip_formula(loss: float, count: int, temperature: float, learnt: float | None) -> str:
    """Return CLIP's loss as LaTeX with its numbers, and a sentence.

    Args:
        loss: in nats.
        count: pictures in the batch.
        temperature: as asked for.
        learnt: the model's own temperature, or None.
    """
    own = "" if learnt is None else f" The model itself learnt a temperature of {learnt:.3f}."
    return (
        rf"$$\mathcal{{L}} = -\frac{{1}}{{2 \cdot {count}}} \sum_i \left(\log p(t_i \mid x_i) + "
        rf"\log p(x_i \mid t_i)\right) = {loss:.2f}\ \text{{nats}}$$"
        f"\n\n{count} true pairs on the diagonal against {count * count - count} false ones at a "
        f"temperature of {temperature:.2f}; guessing gives {np.log(count):.2f} nats.{own}"
    )


def _log_softmax(values: Floats) -> Floats:
    shifted = values - values.max(1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return found
