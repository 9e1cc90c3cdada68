"""`python -m replearn invert`: pictures that a layer can't tell from this one."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_printed_json, printed_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    add_model(parser, "imagenet")
    parser.add_argument("--layer", default="", help="left out, the last")
    parser.add_argument("--steps", type=int, default=160)
    parser.add_argument("--out", default="inverted.png", help="the second has -2 before its ending")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the pictures."""
    from replearn.studies.dreams.invert import invert

    found = invert(
        options.picture, options.model, options.layer, steps=options.steps, progress=pace()
    )
    path = Path(options.out)
    for number, picture in enumerate(found.images, 1):
        picture.save(path if number == 1 else path.with_stem(f"{path.stem}-{number}"))
    if not printed_json(options, found.to_dict()):
        for distance in found.distances:
            print(f"distance {distance:.3f} of the responses' squared length")
        print(f"the two are {found.apart:.1f} grey levels apart; written to {path}")
        print(found.stamp)
    return 0
