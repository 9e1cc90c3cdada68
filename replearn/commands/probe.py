"""`python -m replearn probe`: which factors of shapes a model keeps."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("model")
    parser.add_argument("--level", default="shapes")
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)


def run(options: Namespace) -> int:
    """Print a row per factor."""
    from replearn.studies.training.factor_probe import factor_probe

    found = factor_probe(options.model, options.level, options.size, options.seed, pace())
    print("| factor | linear probe | kNN | chance |")
    print("| --- | --- | --- | --- |")
    for row in found.rows:
        print(f"| {row.factor} | {row.probe} | {row.knn} | {row.chance:.2f} |")
    print(found.stamp)
    return 0
