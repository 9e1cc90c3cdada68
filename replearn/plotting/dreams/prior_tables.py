"""What a learnt prior is good for, as a table."""

from typing import Any

from replearn.results.dreams import DrawnTrial, PriorTrial

PRIOR_COLUMNS = ["what", "by the prior", "without it", "named by (most of them, if several)"]


def prior_rows(found: PriorTrial) -> list[list[Any]]:
    """Return a row for each thing that was measured."""
    once = found.rebuilt
    kept_out = "pictures kept out, rebuilt"
    rows = [
        [f"{kept_out}: PSNR in dB", str(once.quality), "", ""],
        [f"{kept_out}: solid named", str(once.share(once.solid)), "", once.judge],
        [f"{kept_out}: colour named", str(once.share(once.colour)), "", once.judge],
        [
            f"{kept_out}: both named",
            str(once.share(once.both)),
            f"the pictures themselves: {once.share(once.before)}",
            once.judge,
        ],
    ]
    for what in dict.fromkeys(one.what for one in found.drawn):
        by, without = (
            next(one for one in found.drawn if one.what == what and bool(one.prior) == given)
            for given in (True, False)
        )
        rows.append([f"{what}s drawn", _drawn(by), _drawn(without), ", ".join(by.judges)])
    for word, right, n in found.named:
        rows.append([f"“{found.prompt}” drawn: {word}", f"{right} of {n} networks", "", ""])
    return rows


def _drawn(one: DrawnTrial) -> str:
    """Return the counts by seed, and their share."""
    return f"{', '.join(map(str, one.right))} of {one.classes}: {one.share}"


def prior_origin(found: PriorTrial) -> str:
    """Return where the figures come from."""
    return (
        f"{found.decoder} {found.fingerprint[:6]} | {found.steps} steps | drawn with seeds "
        f"{', '.join(map(str, found.seeds))} | rebuilt: shapes, test, seed {found.rebuilt.seed}"
    )
