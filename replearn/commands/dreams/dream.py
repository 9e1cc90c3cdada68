"""`python -m replearn dream`: a picture dreamt on."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_printed_json, printed_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    add_model(parser, "imagenet")
    parser.add_argument("--layer", default="", help="left out, one in the middle")
    parser.add_argument("--unit", type=int, help="one unit of it alone")
    parser.add_argument("--octaves", type=int, default=4)
    parser.add_argument("--steps", type=int, default=8, help="at each octave")
    parser.add_argument("--strength", type=float, default=3.0, help="grey levels a step")
    parser.add_argument("--out", default="dream.png")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the picture."""
    from replearn.studies.dreams.dream import DeepDreamChoice, dream

    found = dream(
        options.picture,
        options.model,
        options.layer,
        unit=options.unit,
        choice=DeepDreamChoice(options.octaves, options.steps, options.strength),
        progress=pace(),
    )
    found.image.save(options.out)
    if not printed_json(options, found.to_dict()):
        print(f"{found.target}: {found.before:.3g}, after it {found.after:.3g}")
        print(f"written to {options.out}")
        print(found.stamp)
    return 0
