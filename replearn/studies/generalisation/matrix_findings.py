"""Which of the paper's findings does the small world repeat? One number there, one here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.statistics import Estimate, mean_of
from replearn.results.matrix import Finding, FineTuningMatrix, Floats

HIGH, LOW = 0.5, 0.25  # shares above chance: what we call coping, and not coping
MOST_GAIN = 0.15
_SALT, _NOISE = 7, 8  # rows
ABOVE = "share above chance"
_DIAGONAL = tuple((i, i) for i in range(9))
_OTHERS = tuple((row, column) for row in range(9) for column in range(9) if row != column)
WEAKER = (
    "Uniform noise comes at full contrast here, about a third as strong against the picture as the "
    "paper's: the weaker noise may be close enough to the other for one to be practice for it."
)


@dataclass(frozen=True)
class _Claim:
    """A finding as the mean over some cells, in shares above chance.

    Attributes:
        says: what the paper found.
        measure: what the mean is of.
        cells: (row, column).
        high: whether the claim is that they are high; else that they are low.
        doubt: what may be behind a difference.
    """

    says: str
    measure: str
    cells: tuple[tuple[int, int], ...]
    high: bool
    doubt: str


CLAIMS = (
    _Claim(
        "A network copes with the one manipulation that it was trained on.",
        "mean of the diagonal A1 to A9",
        _DIAGONAL,
        True,
        "A network of this size may not learn each manipulation to the end.",
    ),
    _Claim(
        "It doesn't cope with the others.",
        "mean off the diagonal of A1 to A9",
        _OTHERS,
        False,
        "Rendered solids on plain floors may be easier to know in any manipulation.",
    ),
    _Claim(
        "Training on colour is enough for greyscale.",
        "A1 on greyscale",
        ((1, 0),),
        True,
        "A rendered solid has one colour, and colour alone may part it from floor and backdrop: "
        "without it little is left. In photographs lightness draws the same outlines. The seeds "
        "disagree most here.",
    ),
    _Claim(
        "Training on salt-and-pepper noise doesn't help uniform noise.",
        "A8 on uniform noise",
        ((_NOISE, 7),),
        False,
        WEAKER,
    ),
    _Claim(
        "Training on uniform noise doesn't help salt-and-pepper noise.",
        "A9 on salt and pepper",
        ((_SALT, 8),),
        False,
        WEAKER,
    ),
    _Claim(
        "Uniform noise can be learnt beside another manipulation.",
        "mean of B1 to B8 on uniform noise",
        tuple((_NOISE, column) for column in range(9, 17)),
        True,
        "A network of this size may have no room for both.",
    ),
    _Claim(
        "Eight manipulations don't prepare for uniform noise.",
        "C1 on uniform noise",
        ((_NOISE, 18),),
        False,
        WEAKER,
    ),
    _Claim(
        "Eight manipulations don't prepare for salt-and-pepper noise.",
        "C2 on salt and pepper",
        ((_SALT, 19),),
        False,
        WEAKER,
    ),
)

GAIN = "Uniform noise beside it doesn't carry a network to what it hasn't seen."
ORDER = "Cell by cell, what is hard there is hard here."
_SAID = tuple(claim.says for claim in CLAIMS)
ALL = (*_SAID[:6], GAIN, *_SAID[6:], ORDER)  # in the order of `findings`


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
    judged = [_judged(claim, ours, theirs) for claim in CLAIMS]
    return (*judged[:6], _gain(ours, theirs), *judged[6:], _order(ours, theirs))


def _above(accuracy: npt.NDArray[np.float64], chance: float) -> Floats:
    return (accuracy - chance) / (1 - chance)


def _mean(above: Floats, cells: Sequence[tuple[int, int]]) -> float:
    return float(np.mean([above[cell] for cell in cells]))


def _judged(claim: _Claim, ours: list[Floats], theirs: Floats) -> Finding:
    estimate = mean_of([_mean(one, claim.cells) for one in ours])
    return Finding(
        claim.says,
        f"{claim.measure}, {ABOVE}",
        _mean(theirs, claim.cells),
        estimate,
        f"at least {HIGH}" if claim.high else f"at most {LOW}",
        estimate.value >= HIGH if claim.high else estimate.value <= LOW,
        claim.cells,
        claim.doubt,
    )


def _gain(ours: list[Floats], theirs: Floats) -> Finding:
    """Judge what B1 to B8 have over A1 to A8 where neither was trained."""
    pairs = [(row, i) for i in range(8) for row in range(8) if row != i]

    def gain(above: Floats) -> float:
        return float(np.mean([above[row, 9 + i] - above[row, i] for row, i in pairs]))

    estimate: Estimate = mean_of([gain(one) for one in ours])
    return Finding(
        GAIN,
        "mean gain of B1 to B8 over A1 to A8 on the manipulations that neither saw, in shares "
        "above chance",
        gain(theirs),
        estimate,
        f"at most {MOST_GAIN}",
        estimate.value <= MOST_GAIN,
        tuple(sorted((row, column) for row, i in pairs for column in (i, 9 + i))),
        "A network that has seen some noise may rest less on fine detail, which helps against "
        "several manipulations of small pictures.",
    )


def _order(ours: list[Floats], theirs: Floats) -> Finding:
    from scipy.stats import spearmanr

    estimate = mean_of([float(spearmanr(one.ravel(), theirs.ravel()).statistic) for one in ours])
    return Finding(
        ORDER,
        "rank correlation of the 180 cells with the published ones",
        1.0,
        estimate,
        f"at least {HIGH}",
        estimate.value >= HIGH,
        tuple((row, column) for row in range(9) for column in range(20)),
        "It follows from the others: greyscale and both kinds of noise fall out of line here.",
    )
