"""Which points a large map draws: a stratified sample, never the first ones."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MOST = 20_000


def stratified(groups: Sequence[str], most: int = MOST, seed: int = 0) -> npt.NDArray[np.int64]:
    """Return at most `most` rows in order, each group by its share, at least one of each.

    Args:
        groups: (n,) the group of each row.
        most: rows drawn; all of them where there are no more.
        seed: of the draw.
    """
    n = len(groups)
    if n <= most:
        return np.arange(n)
    random = np.random.default_rng(seed)
    shuffled = random.permutation(n)
    _, codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    order = shuffled[np.argsort(codes[shuffled], kind="stable")]  # by group, shuffled inside
    counts = np.bincount(codes)
    within = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
    # the share of its group that is drawn before a row: taking the least keeps every group's share
    share = within / np.repeat(counts, counts)
    return np.sort(order[np.argsort(share, kind="stable")[:most]])
