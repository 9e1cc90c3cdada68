"""`python -m replearn train`: a recipe, or its run that was cut off."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import key_value, pace
from replearn.commands.frame.telling import tell
from replearn.core.visitors.deadline import within

SHORT = ("dataset", "epochs", "batch", "temperature", "seed")  # settings with an option of theirs


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("recipe")
    parser.add_argument("--set", type=key_value, action="append", metavar="KEY=VALUE")
    for name in SHORT:
        parser.add_argument(f"--{name}")
    parser.add_argument("--name", help="of the run; it opens as run:NAME")
    parser.add_argument("--out", help="a folder; default: the cache folder's runs")
    parser.add_argument(
        "--minutes",
        type=float,
        help="stops after so many; the same command goes on from the last round",
    )


def run(options: Namespace) -> int:
    """Train, and print where the model is."""
    from replearn.training import train

    if options.dataset:
        tell(options.dataset)
    overrides = dict(options.set or [])
    given = {name: getattr(options, name) for name in SHORT}
    overrides |= {name: value for name, value in given.items() if value is not None}
    folder = Path(options.out) if options.out else None
    progress = within(options.minutes, pace())
    out = train(options.recipe, folder, options.name, progress, **overrides)
    print(f"written to {out}")
    return 0
