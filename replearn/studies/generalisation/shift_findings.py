"""What of CLIP's claim about natural shifts does the small world repeat?"""

import math
from collections.abc import Sequence

import numpy as np

from replearn.core.statistics import Estimate, proportion
from replearn.data.published import PublishedShift, clip_shifts
from replearn.results.matrix import Finding
from replearn.results.shift import ShiftTable

AS_GOOD = 0.02  # of accuracy: what we don't call worse


def shift_findings(found: ShiftTable) -> tuple[Finding, ...]:
    """Check the paper's three statements on a table; () where nothing can be compared.

    Args:
        found: a table with a model that was fitted on labels and a zero-shot one.
    """
    if not found.compared or len(found.rows) < 2:
        return ()
    first, second = found.compared
    clean, shifted = found.rows[0], found.rows[1:]
    published = clip_shifts()
    without = found.differences[clean]
    as_good = without.low >= -AS_GOOD
    gain = _gain(without, [found.differences[row] for row in shifted])
    return (
        Finding(
            "Without a shift, zero-shot is as good as supervised.",
            f"{second} minus {first} on {clean}",
            published[0].zero_shot - published[0].supervised,
            without,
            f"the whole interval lies above {-AS_GOOD:+.2f}",
            as_good,
        ),
        Finding(
            "It loses less when the data shift.",
            "what it gains on the supervised model from the first row to the others, on average",
            _published_gain(published),
            gain,
            "the interval lies above 0, and the first statement holds: who has little loses little",
            as_good and gain.low > 0,
        ),
        *_above_the_line(found, second, shifted),
    )


def _gain(without: Estimate, shifted: Sequence[Estimate]) -> Estimate:
    """Return the mean difference on the shifts minus that without; intervals add in squares."""
    value = float(np.mean([one.value for one in shifted])) - without.value
    half = math.sqrt(
        sum(_half(one) ** 2 for one in shifted) / len(shifted) ** 2 + _half(without) ** 2
    )
    return Estimate(value, value - half, value + half, shifted[0].n)


def _half(one: Estimate) -> float:
    return (one.high - one.low) / 2


def _published_gain(published: Sequence[PublishedShift]) -> float:
    differences = [row.zero_shot - row.supervised for row in published]
    return float(np.mean(differences[1:])) - differences[0]


def _above_the_line(found: ShiftTable, model: str, shifted: Sequence[str]) -> tuple[Finding, ...]:
    cells = [found.cells[row, model] for row in shifted]
    if any(cell.robustness is None for cell in cells):
        return ()
    above = [
        cell.robustness is not None and cell.robustness.low > 0 and cell.accuracy.low > found.chance
        for cell in cells
    ]
    share, published = proportion(sum(above), len(above)), clip_shifts()
    return (
        Finding(
            "It stands above the line that other models follow.",
            f"share of the shifts on which {model} does, and is better than guessing",
            # both stand alike on ImageNet there, so being ahead is being above its line
            float(np.mean([row.zero_shot > row.supervised for row in published[1:]])),
            Estimate(share.value, share.low, share.high, share.n),
            "on more than half of them",
            share.value > 0.5,
        ),
    )
