"""`python -m replearn head-factors`: which factors of shapes each head carries."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    add_model(parser, "shapes-clip")
    parser.add_argument("--level", default="shapes", help="shapes or shapes-free")
    parser.add_argument(
        "--without", default="", help="colour or solid: ask prompts without the heads that carry it"
    )
    add_json(parser)


def run(options: Namespace) -> int:
    """Print each head's accuracies, or what is left without some of them."""
    from replearn.plotting.parts.bars import part_name
    from replearn.studies.parts.head_factors import head_factors

    if options.without:
        return _without(options)

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


def _without(options: Namespace) -> int:
    from replearn.plotting.parts.tables import ablation_lines
    from replearn.studies.parts.group_ablation import group_ablation

    found = group_ablation(options.without, model=options.model, progress=pace())
    if not tell_json(options, found.to_dict()):
        print(*ablation_lines(found), found.stamp, sep="\n")
    return 0
