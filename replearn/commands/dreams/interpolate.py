"""`python -m replearn interpolate`: a row of pictures from one target to another."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_printed_json, printed_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("first", help="a class, #281, or any text")
    parser.add_argument("second")
    add_model(parser, "imagenet")
    parser.add_argument("--count", type=int, default=5, help="pictures")
    parser.add_argument("--without", default="", help="helps to leave out, with commas, or all")
    parser.add_argument("--steps", type=int, default=192)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="row.png", help="the pictures side by side")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the row, and print the scores."""
    from replearn.plotting.dreams.files import png_bytes, side_by_side
    from replearn.plotting.dreams.tables import row_line, row_names
    from replearn.studies.dreams.dream_choice import DreamChoice, helps_without
    from replearn.studies.dreams.interpolate import interpolate

    found = interpolate(
        options.first,
        options.second,
        options.model,
        count=options.count,
        choice=DreamChoice(helps_without(options.without), options.steps, options.seed),
        progress=pace(),
    )
    Path(options.out).write_bytes(png_bytes(side_by_side(found.images)))
    if not printed_json(options, found.to_dict()):
        print(f"{row_line(found)} Written to {options.out}", *row_names(found), sep="\n")
        print(found.stamp)
    return 0
