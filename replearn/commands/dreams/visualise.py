"""`python -m replearn visualise`: a picture for a class, a text or a unit."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.commands.frame.arguments import add_model, numbers, pace
from replearn.commands.frame.json_answers import add_printed_json, printed_json

if TYPE_CHECKING:
    from replearn.studies.dreams.aims import Aim


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("target", nargs="?", default="", help="a class, #281, or any text")
    add_model(parser, "imagenet")
    parser.add_argument("--against", default="", help="another class or text, which is taken off")
    parser.add_argument("--layer", default="", help="of a unit; left out, the last")
    parser.add_argument("--unit", type=int, help="a unit instead of a class")
    parser.add_argument("--head", help="LAYER,HEAD from 0: along the target, or its length")
    parser.add_argument("--between", nargs=2, metavar="PICTURE", help="from one to the other")
    parser.add_argument("--plus", default="", help="another class or text, which is added")
    parser.add_argument("--weight", type=float, default=1.0, help="of what is added")
    parser.add_argument("--without", default="", help="helps to leave out, with commas, or all")
    parser.add_argument("--prior", default="", help="a decoder that ships, or run:NAME")
    parser.add_argument("--steps", type=int, default=192)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="dream.png", help="a .png, .webp (growing) or .zip")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the picture, and print what networks say of it."""
    from replearn.plotting.dreams.files import write_dream
    from replearn.plotting.dreams.tables import dream_line, judge_rows
    from replearn.studies.dreams.dream_choice import DreamChoice, helps_without
    from replearn.studies.dreams.visualise import visualise

    choice = DreamChoice(
        helps_without(options.without), options.steps, options.seed, prior=options.prior
    )
    found = visualise(
        _target(options),
        options.model,
        against=options.against,
        layer=options.layer,
        unit=options.unit,
        choice=choice,
        progress=pace(),
    )
    write_dream(found, Path(options.out))
    if printed_json(options, found.to_dict()):
        return 0
    print(f"{dream_line(found)}; written to {options.out}")
    for network, probability, rank, answer in judge_rows(found):
        print(f"{probability}  rank {rank:4}  {network}: {answer}")
    print(found.stamp)
    return 0


def _target(options: Namespace) -> "str | Aim":
    """Return what is asked for.

    Raises:
        InputError: a head isn't written as two whole numbers, or several things are asked for.
    """
    from replearn.core.errors import InputError
    from replearn.studies.dreams.aims import Aim

    if options.head and options.between:
        raise InputError("Ask for a head or for a direction between pictures, not for both.")
    aim: str | Aim = options.target
    if options.head:
        place = numbers(options.head) or ()
        if len(place) != 2 or any(part != int(part) for part in place):
            raise InputError(f"Write a head as LAYER,HEAD, not as {options.head!r}.")
        aim = Aim.head(int(place[0]), int(place[1]), options.target)
    if options.between:
        aim = Aim.between(*options.between)
    if options.plus.strip():
        begun = Aim.text(aim) if isinstance(aim, str) else aim
        aim = begun + options.weight * Aim.text(options.plus)
    return aim
