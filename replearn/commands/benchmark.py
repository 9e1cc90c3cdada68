"""`python -m replearn benchmark`: the heat maps' methods compared."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, dataset_name, pace, words
from replearn.core.errors import InputError


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("subject", help="explainers")
    add_model(parser, "imagenet")
    parser.add_argument("--dataset", default="photos", help="e.g. a folder with labels.csv, shapes")
    parser.add_argument("--methods", default="", help="a,b,c; default: all that fit but score-cam")
    parser.add_argument(
        "--measures",
        default="",
        help="a,b,c; default: all but milliseconds, which want a run on an idle machine",
    )
    for name, count in (("mosaics", 25), ("pictures", 25), ("twins", 10), ("scenes", 50)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--out", help="a CSV file, whose other rows stay; default: the one that ships"
    )


def run(options: Namespace) -> int:
    """Measure, write the rows, and print the table."""
    from replearn.plotting.heat_maps.benchmark_table import benchmark_table
    from replearn.results.explainer_benchmark import figures
    from replearn.results.rows.explainers import (
        shipped_explainer_trials,
        write_explainer_trials,
    )
    from replearn.studies.heat_maps.benchmark import BenchmarkChoice, explainer_trials

    if options.subject != "explainers":
        raise InputError(f"There is no benchmark of {options.subject!r}; there is explainers.")
    dataset = dataset_name(options.dataset)
    methods, measures = words(options.methods), words(options.measures)
    sizes = (options.mosaics, options.pictures, options.twins, options.scenes)
    choice = BenchmarkChoice(options.model, dataset, methods, measures, *sizes, options.seed)
    out = Path(options.out) if options.out else shipped_explainer_trials()
    trials = []
    for some in explainer_trials(choice, pace()):
        write_explainer_trials(some, out)  # a run that is stopped keeps the methods it has done
        trials += some
    headings, rows = benchmark_table(figures(trials), options.model)
    for row in (headings, ["---"] * len(headings), *rows):
        print("|", " | ".join(row), "|")
    print(f"{options.model} on {options.dataset}, seed {options.seed}; written to {out}")
    return 0
