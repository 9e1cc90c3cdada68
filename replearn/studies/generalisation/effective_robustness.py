"""Effective robustness (Taori et al. 2020, https://arxiv.org/abs/2007.00644).

Accuracy on a shift rises with accuracy without it, along a line in logits (Miller et al. 2021,
https://arxiv.org/abs/2107.04649). A model is robust in effect by how far it stands above it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.seeds import generator
from replearn.core.statistics import Estimate
from replearn.results.shift import Line

Floats = npt.NDArray[np.float64]
Right = npt.NDArray[np.bool_]  # (models, n): which answers are right
DRAWS = 500


def logit(share: npt.ArrayLike) -> Floats:
    """Return log(p / (1 - p)) of shares strictly between 0 and 1."""
    p = np.asarray(share, np.float64)
    return np.asarray(np.log(p) - np.log1p(-p))


def expit(value: npt.ArrayLike) -> Floats:
    """Return the share whose logit is given."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(value, np.float64))))


def smoothed(right: Right) -> Floats:
    """Return the share that is right, along the last axis, kept away from 0 and 1.

    Half a picture is added to what is right and to what is wrong, so that the logit is finite.
    """
    return np.asarray((right.sum(-1) + 0.5) / (right.shape[-1] + 1))


def line_through(clean: Floats, shifted: Floats) -> Line | None:
    """Return the least-squares line in logits; None for fewer than two accuracies without shift.

    Args:
        clean: (k,) accuracies without the shift, strictly between 0 and 1.
        shifted: (k,) accuracies of the same models with it.
    """
    x, y = logit(clean), logit(shifted)
    if len(x) < 2 or np.ptp(x) < 1e-9:
        return None
    slope = float(np.cov(x, y, bias=True)[0, 1] / x.var())
    return Line(slope, float(y.mean() - slope * x.mean()))


def height(clean: float, shifted: float, line: Line) -> float:
    """Return how far an accuracy lies above what the line foretells; 0 on the line.

    Example:
        >>> height(0.9, 0.9, Line(1.0, 0.0))
        0.0
    """
    return float(shifted - expit(line.intercept + line.slope * logit(clean)))


def effective_robustness(
    clean: Right, shifted: Right, others: Sequence[Sequence[int]], seed: int = 0
) -> list[Estimate | None]:
    """Return the models' heights above the line, with the bootstrap's 95 % interval.

    Pictures are drawn again, the same for all models, and the line is fitted anew each time.

    Args:
        clean: (models, n), which answers are right without the shift.
        shifted: (models, m), which are with it.
        others: per model, the models that its line goes through.
        seed: of the bootstrap.

    Returns:
        One per model; None where too few others give a line.
    """
    rows = [tuple(one) for one in others]
    found = _heights(smoothed(clean), smoothed(shifted), rows)
    random = generator(seed, "effective robustness")
    draws = []
    for _ in range(DRAWS):
        first = random.integers(clean.shape[1], size=clean.shape[1])
        second = random.integers(shifted.shape[1], size=shifted.shape[1])
        draws.append(_heights(smoothed(clean[:, first]), smoothed(shifted[:, second]), rows))
    spread = np.array(draws)  # (draws, models)
    return [
        None if np.isnan(value) else _estimate(value, spread[:, model], shifted.shape[1])
        for model, value in enumerate(found)
    ]


def _heights(clean: Floats, shifted: Floats, rows: list[tuple[int, ...]]) -> list[float]:
    lines = {others: line_through(clean[[*others]], shifted[[*others]]) for others in set(rows)}
    return [
        np.nan if (line := lines[others]) is None else height(clean[m], shifted[m], line)
        for m, others in enumerate(rows)
    ]


def _estimate(value: float, draws: Floats, n: int) -> Estimate:
    known = draws[np.isfinite(draws)]
    low, high = np.quantile(known, [0.025, 0.975])
    return Estimate(value, min(value, float(low)), max(value, float(high)), n)
