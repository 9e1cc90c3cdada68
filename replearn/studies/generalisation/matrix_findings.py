"""Which of the paper's findings does the small world repeat? One number there, one here."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.statistics import mean_of
from replearn.results.matrix import Finding, FineTuningMatrix, Floats

HIGH, LOW = 0.5, 0.25  # shares above chance: what we call coping, and not coping
_SALT, _NOISE = 7, 8  # rows
ABOVE = "share above chance"
Measure = Callable[[Floats], float]  # of (9, 20) shares above chance


def findings(found: FineTuningMatrix) -> tuple[Finding, ...]:
    """Compare a whole matrix with the published one, finding by finding.

    Raises:
        InputError: networks are missing.
    """
    if found.published.shape != (9, 20):
        raise InputError("The findings want all twenty networks; run python -m replearn matrix.")
    ours = [
        _above(found.accuracy[:, :, seed], found.chance) for seed in range(found.accuracy.shape[2])
    ]
    theirs = _above(found.published, found.published_chance)
    high = (f"at least {HIGH}", lambda value: value >= HIGH)
    low = (f"at most {LOW}", lambda value: value <= LOW)
    stated: list[tuple[str, str, Measure, tuple[str, Callable[[float], bool]]]] = [
        (
            "A network copes with the one manipulation that it was trained on.",
            f"mean of the diagonal A1 to A9, {ABOVE}",
            lambda m: float(np.diag(m[:, :9]).mean()),
            high,
        ),
        (
            "It doesn't cope with the others.",
            f"mean off the diagonal of A1 to A9, {ABOVE}",
            lambda m: float(m[:, :9][~np.eye(9, dtype=bool)].mean()),
            low,
        ),
        (
            "Training on colour is enough for greyscale.",
            f"A1 on greyscale, {ABOVE}",
            lambda m: float(m[1, 0]),
            high,
        ),
        (
            "Training on salt-and-pepper noise doesn't help uniform noise.",
            f"A8 on uniform noise, {ABOVE}",
            lambda m: float(m[_NOISE, 7]),
            low,
        ),
        (
            "Training on uniform noise doesn't help salt-and-pepper noise.",
            f"A9 on salt and pepper, {ABOVE}",
            lambda m: float(m[_SALT, 8]),
            low,
        ),
        (
            "Uniform noise can be learnt beside another manipulation.",
            f"mean of B1 to B8 on uniform noise, {ABOVE}",
            lambda m: float(m[_NOISE, 9:17].mean()),
            high,
        ),
        (
            "Uniform noise beside it doesn't carry a network to what it hasn't seen.",
            "mean gain of B1 to B8 over A1 to A8 on the manipulations that neither saw, "
            "in shares above chance",
            _gain,
            ("at most 0.15", lambda value: value <= 0.15),
        ),
        (
            "Eight manipulations don't prepare for uniform noise.",
            f"C1 on uniform noise, {ABOVE}",
            lambda m: float(m[_NOISE, 18]),
            low,
        ),
        (
            "Eight manipulations don't prepare for salt-and-pepper noise.",
            f"C2 on salt and pepper, {ABOVE}",
            lambda m: float(m[_SALT, 19]),
            low,
        ),
    ]
    rows = [
        Finding(claim, measure, of(theirs), estimate, rule, holds(estimate.value))
        for claim, measure, of, (rule, holds) in stated
        for estimate in [mean_of([of(one) for one in ours])]
    ]
    return (*rows, _order(ours, theirs))


def _above(accuracy: npt.NDArray[np.float64], chance: float) -> Floats:
    return (accuracy - chance) / (1 - chance)


def _gain(above: Floats) -> float:
    gains = [above[row, 9 + i] - above[row, i] for i in range(8) for row in range(8) if row != i]
    return float(np.mean(gains))


def _order(ours: list[Floats], theirs: Floats) -> Finding:
    from scipy.stats import spearmanr

    estimate = mean_of([float(spearmanr(one.ravel(), theirs.ravel()).statistic) for one in ours])
    return Finding(
        "Cell by cell, what is hard there is hard here.",
        "rank correlation of the 180 cells with the published ones",
        1.0,
        estimate,
        f"at least {HIGH}",
        estimate.value >= HIGH,
    )
