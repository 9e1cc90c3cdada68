"""What networks say of a made picture, as tables."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from replearn.results.dreams import (
    Dream,
    DreamRow,
    Evolved,
    Fooled,
    HelpTrials,
    SmallestChange,
    Undone,
)

Rows = list[list[Any]]
JUDGE_COLUMNS = ["network", "of the class", "rank", "its own answer"]
UNDONE_COLUMNS = ["what is done", "network", "of the class", "its own answer"]


HELP_COLUMNS = ["helps", "judge's first answer", "among its first five", "the network itself"]


def gallery_name(found: Dream) -> str:
    """Return a short name for a picture: what was asked for, and who else sees it."""
    own = [judge.asked for judge in found.judges if judge.own]
    name = own[0] if own else found.target.split("“")[-1].rstrip("”")
    others = [judge for judge in found.judges if not judge.own]
    right = sum(judge.rank == 1 for judge in others)
    return f"{name} ({right} of {len(others)})" if others else name


def help_rows(found: HelpTrials) -> Rows:
    """Return a row for each way of drawing."""
    return [
        [
            ", ".join(row.helps) or "none: plain pixels",
            f"{row.first} of {row.n}",
            str(row.share),
            f"{row.own:.2f}",
        ]
        for row in found.rows
    ]


def unit_line(found: HelpTrials) -> str:
    """Return how strongly units respond to pictures made for them, in a sentence."""
    ratios = np.array(found.unit_ratios)
    known = ratios[np.isfinite(ratios)]
    low, middle, high = np.quantile(known, [0, 0.5, 1])
    return (
        f"For {len(known)} units of {found.layer}, drawn at random, a picture made for the unit "
        f"has {middle:.1f} times (median; {low:.1f} to {high:.1f}) the response of the best real "
        "picture."
    )


def judge_rows(found: Dream) -> Rows:
    """Return a row for each network: the one that made the picture first."""
    return [
        [
            f"{judge.network} (made it)" if judge.own else judge.network,
            f"{judge.probability:.2f}",
            judge.rank,
            f"{judge.answer} {judge.answer_probability:.2f}",
        ]
        for judge in found.judges
    ]


def dream_line(found: Dream) -> str:
    """Return a picture's score in a sentence, with what it is to be measured by."""
    if found.done < found.total:
        return f"{found.target}: {found.score:.3g} after {found.done} of {found.total} steps"
    line = f"{found.target} = {found.score:.3g}"
    if found.best_real is not None:
        line += f"; the best real picture gives {found.best_real:.3g}"
        if found.best_real > 0:
            line += f", so this is {found.score / found.best_real:.1f} times as much"
    others = [judge for judge in found.judges if not judge.own]
    if others:
        right = sum(judge.rank == 1 for judge in others)
        line += f"; {right} of {len(others)} networks that didn't make it name the class first"
    elif found.judges:
        line += "; no network that could judge it independently is installed"
    return line


def row_names(found: DreamRow) -> list[str]:
    """Return what stands below each picture of a row: its shares, and both scores."""
    return [
        f"{1 - share:.2g} : {share:.2g}; {first:.3g}, {second:.3g}"
        for share, (first, second) in zip(found.shares, found.scores, strict=True)
    ]


def row_line(found: DreamRow) -> str:
    """Return where a row leads, in a sentence."""
    end = "." if found.done == found.total else f", after {found.done} of {found.total} steps."
    return f"From {found.first} to {found.second}: shares of both, then both scores{end}"


def undone_rows(rows: Sequence[Undone]) -> Rows:
    """Return a row for each treatment and each other network."""
    return [
        [
            row.treatment,
            row.network,
            f"{row.probability:.2f}",
            f"{row.answer} {row.answer_probability:.2f}",
        ]
        for row in rows
    ]


def fooled_line(found: Fooled) -> str:
    """Return what it took, in a sentence."""
    end = "" if found.reached else " and no further within these bounds"
    return (
        f"“{found.target}” went from {found.before:.2g} to {found.probability:.3g} in "
        f"{found.done} steps{end}; no value changed by more than {found.grey_levels:.0f} of 255 "
        f"grey levels, {found.mean_levels:.1f} on average"
    )


def smallest_line(found: SmallestChange) -> str:
    """Return how little it took, in a sentence or two."""
    tried = ", ".join(
        f"{one.epsilon:.2g}{'' if one.flipped else ' not'}"
        for one in sorted(found.tried, key=lambda one: one.epsilon)
    )
    if found.epsilon is None:
        return f"“{found.before}” stayed within every bound that was tried: {tried} grey levels"
    file = "so does" if found.saved != found.before else "but not"
    return (
        f"“{found.before}” becomes “{found.after}” when no value changes by more than "
        f"{found.epsilon:.2g} of 255 grey levels ({found.mean_levels:.2g} on average); {file} a "
        f"file of 8 bits, in which it is “{found.saved}”. Bounds that flipped it, or did not: "
        f"{tried}"
    )


def evolved_line(found: Evolved) -> str:
    """Return how far an evolution came, in a sentence."""
    end = "" if found.reached else ", and that is as far as it came"
    return (
        f"After {found.evaluations} patterns in {_many(len(found.probabilities))} the model "
        f"says “{found.target}” with {found.probabilities[-1]:.2g}, of the best of the first with "
        f"{found.probabilities[0]:.2g}{end}"
    )


def _many(generations: int) -> str:
    return f"{generations} generation{'' if generations == 1 else 's'}"
