"""`python -m replearn decompose`: what each part adds to the answer."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    add_model(parser)
    parser.add_argument("--target", default="", help="a class, #281, or any text")
    parser.add_argument("--against", default="", help="another class or text, which is taken off")
    parser.add_argument("-k", type=int, default=10, help="how many parts are printed")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the strongest parts."""
    from replearn.plotting.parts.bars import part_name
    from replearn.studies.parts.decompose import decompose

    found = decompose(options.picture, options.model, options.target, against=options.against)
    if tell_json(options, found.to_dict()):
        return 0
    print(f"{found.target} = {found.score:.4f}")
    for part, share in found.strongest(options.k):
        print(f"{share:+.4f}  {part_name(part)}")
    for name in found.terms:
        print(f"{float(found.scores(name).sum()):+.4f}  all {name}")
    print(found.stamp)
    return 0
