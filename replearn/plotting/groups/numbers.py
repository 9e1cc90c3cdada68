"""Shares, differences and p-values as they are read."""

import math

from replearn.core.statistics import Estimate, Proportion


def share(one: Proportion) -> str:
    """Return a share with its interval, without its n."""
    return f"{one.value:.2f} [{one.low:.2f}, {one.high:.2f}]"


def signed(one: Estimate) -> str:
    """Return a difference with its interval and sign."""
    # adding 0 makes a negative zero positive
    value, low, high = (round(x, 2) + 0.0 for x in (one.value, one.low, one.high))
    return f"{value:+.2f} [{low:+.2f}, {high:+.2f}]"


def p_value(p: float) -> str:
    """Return a p-value as it is read."""
    if math.isnan(p):  # nothing was tested
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
