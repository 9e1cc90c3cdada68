"""`python -m replearn distort`, `robustness` and `sweep`."""

import functools
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from PIL import Image

from replearn.core.errors import InputError
from replearn.core.pace import Pace
from replearn.core.statistics import proportion
from replearn.data.labels import parse_labels
from replearn.studies.conditions import named_distortions
from replearn.studies.distorted_answer import distorted_answer
from replearn.studies.robustness import robustness
from replearn.studies.sweep import SweepChoice, sweep


def add_distort(parser: ArgumentParser) -> None:
    """Add the options of `distort`."""
    parser.add_argument("picture")
    parser.add_argument("--model", default="photo-clip")
    parser.add_argument("--distortion", default="uniform-noise")
    parser.add_argument("--level", type=float, required=True)
    parser.add_argument("--labels", help="a,b,c or one a line")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", help="write the distorted picture here")


def run_distort(options: Namespace) -> int:
    """Print the answers before and after."""
    labels = parse_labels(options.labels).names if options.labels else None
    found = distorted_answer(
        options.picture, options.distortion, options.level, options.model, labels, options.seed
    )
    for title, answer in (("clean", found.clean), ("distorted", found.changed)):
        print(title, *(f"{name} {p:.2f}" for name, p in answer.top(3)), sep="  ")
    print(f"cosine to the clean picture {found.cosine_to_clean:.3f}")
    if options.out:
        Image.fromarray(found.picture).save(options.out)
    print(found.stamp)
    return 0


def add_robustness(parser: ArgumentParser) -> None:
    """Add the options of `robustness`."""
    parser.add_argument("--dataset", default="emoji")
    parser.add_argument("--model", default="photo-clip")
    parser.add_argument("--distortion", default="uniform-noise")
    parser.add_argument("--levels", help="a,b,c; default: the distortion's own")
    parser.add_argument("--pictures", type=int, default=200, help="drawn at random; 0 takes all")
    parser.add_argument("--seed", type=int, default=0)


def run_robustness(options: Namespace) -> int:
    """Print the accuracy at every level."""
    found = robustness(
        _dataset(options.dataset),
        options.model,
        options.distortion,
        _levels(options.levels),
        options.seed,
        options.pictures or None,
        Pace(_said(), every=_every()),
    )
    for point in found.points:
        print(f"{point.level:g} {found.unit}\t{point.accuracy}")
    print(f"chance {found.chance:.2f}")
    print(found.stamp)
    return 0


def add_sweep(parser: ArgumentParser) -> None:
    """Add the options of `sweep`."""
    parser.add_argument("dataset", help="a name or a folder; work that was stopped goes on")
    parser.add_argument("--models", default="photo-clip", help="a,b,c")
    parser.add_argument("--distortions", default="all", help="a,b,c or all")
    parser.add_argument("--pictures", type=int, help="how many, drawn at random; default: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="rows.parquet", help="a .parquet or .csv file")


def run_sweep(options: Namespace) -> int:
    """Write the rows, and print the accuracy of every model at every level."""
    choice = SweepChoice(
        tuple(name.strip() for name in options.models.split(",") if name.strip()),
        named_distortions(options.distortions),
        options.pictures,
        options.seed,
    )
    out = Path(options.out)
    trials = sweep(_dataset(options.dataset), choice, out, Pace(_said(), every=_every()))
    for (model, distortion), some in groupby(
        sorted(trials, key=lambda one: (one.model, one.distortion)),
        lambda one: (one.model, one.distortion),
    ):
        by_level: dict[float, list[bool]] = {}
        for trial in some:
            by_level.setdefault(trial.level, []).append(trial.label == trial.prediction)
        shares = {level: proportion(sum(right), len(right)) for level, right in by_level.items()}
        print(model, distortion, *(f"{at:g}: {p.value:.2f}" for at, p in shares.items()), sep="  ")
    print(f"{len(trials):,} rows written to {out}")
    return 0


def _dataset(given: str) -> str:
    return f"folder:{given}" if Path(given).is_dir() else given


def _levels(text: str | None) -> list[float] | None:
    try:
        return [float(level) for level in text.split(",")] if text else None
    except ValueError as error:
        raise InputError(f"--levels is {text!r}; give numbers such as 0.1,0.5.") from error


def _said() -> Callable[[str], None]:
    end = "   \r" if sys.stderr.isatty() else "\n"
    return functools.partial(print, end=end, file=sys.stderr, flush=True)


def _every() -> float:
    return 0.5 if sys.stderr.isatty() else 10.0
