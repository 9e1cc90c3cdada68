"""`python -m replearn filters`: the first layer's filters as pictures."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    add_model(parser, "imagenet")
    parser.add_argument("--out", default="filters.png", help="learnt filters over untrained ones")


def run(options: Namespace) -> int:
    """Write the filters as one picture."""
    from replearn.plotting.parts.pictures import sheet
    from replearn.studies.parts.filters import filters

    found = filters(options.model)
    sheet([found.pictures, found.untrained]).save(options.out)
    print(f"{found.told}; written to {options.out}")
    print(found.stamp)
    return 0
