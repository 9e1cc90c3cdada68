"""`python -m replearn feature-factors`: a dictionary's features beside the neurons."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import pace
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "models", nargs="*", default=["shapes-clip-sae"], help="dictionaries of several seeds"
    )
    parser.add_argument("--level", default="shapes", help="shapes or shapes-free")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print mean areas for each factor, and what follows."""
    from replearn.plotting.parts.features import FEATURE_COLUMNS, feature_lines, feature_rows
    from replearn.studies.parts.feature_factors import feature_factors

    found = feature_factors(options.models, options.level, progress=pace())
    if tell_json(options, found.to_dict()):
        return 0
    for row in (FEATURE_COLUMNS, *feature_rows(found)):
        print(*(f"{cell:22}" for cell in row))
    print(feature_lines(found))
    print(found.stamp)
    return 0
