"""`python -m replearn sweep`: models on distortions, a row for each answer."""

from argparse import ArgumentParser, Namespace
from itertools import groupby
from pathlib import Path

from replearn.commands.frame.arguments import dataset_name, pace, words
from replearn.commands.frame.telling import tell, tell_missing_labelled


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset", help="a name or a folder; work that was stopped goes on")
    parser.add_argument("--models", default="photo-clip", help="a,b,c")
    parser.add_argument("--distortions", default="all", help="a,b,c or all")
    parser.add_argument("--pictures", type=int, help="how many, drawn at random; default: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", default="local", help="local, or ray for a Ray cluster")
    parser.add_argument("--out", default="rows.parquet", help="a .parquet or .csv file")


def run(options: Namespace) -> int:
    """Write the rows, and print the accuracy of every model at every level."""
    from replearn.core.statistics import proportion
    from replearn.studies.answering.conditions import named_distortions
    from replearn.studies.distortions.sweep import sweep
    from replearn.studies.distortions.sweep_choice import SweepChoice

    choice = SweepChoice(
        words(options.models),
        named_distortions(options.distortions),
        options.pictures,
        options.seed,
    )
    out = Path(options.out)
    name = dataset_name(options.dataset)
    tell(name)
    trials = sweep(name, choice, out, pace(), options.engine)
    if options.pictures is None:
        tell_missing_labelled(name, {trial.id for trial in trials})
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
