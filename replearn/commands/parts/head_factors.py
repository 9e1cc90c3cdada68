"""`python -m replearn head-factors`: which factors of shapes each head carries."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    add_model(parser, "shapes-clip")
    parser.add_argument("--level", default="shapes", help="shapes or shapes-free")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print each head's accuracies."""
    from replearn.plotting.parts.bars import part_name
    from replearn.studies.parts.head_factors import head_factors

    found = head_factors(options.model, options.level, progress=pace())
    if tell_json(options, found.to_dict()):
        return 0
    print(" " * 18, *(f"{factor[:8]:>8}" for factor in found.factors))
    layers, heads, _ = found.read.shape
    for layer in range(layers):
        for head in range(heads):
            row = found.read[layer, head]
            print(f"{part_name((layer, head)):18}", *(f"{value:8.2f}" for value in row))
    print(f"{'chance':18}", *(f"{value:8.2f}" for value in found.chance))
    print(found.stamp)
    return 0
