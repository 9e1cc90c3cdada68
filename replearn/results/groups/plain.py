"""Shares and estimates as plain data."""

from collections.abc import Mapping

from replearn.core.statistics import Estimate, Proportion


def share_dict(share: Proportion) -> dict[str, float | int]:
    """Return a share with its interval as plain data."""
    return {"value": share.value, "low": share.low, "high": share.high, "n": share.n}


def estimate_dict(name: str, one: Estimate) -> Mapping[str, float | int]:
    """Return an estimate with its interval as plain data."""
    return {name: one.value, "low": one.low, "high": one.high, "n": one.n}
