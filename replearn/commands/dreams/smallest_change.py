"""`python -m replearn smallest-change`: how little flips the answer."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, pace, words
from replearn.commands.frame.json_answers import add_printed_json, printed_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    parser.add_argument("--target", default="", help="left out, anything but its answer")
    add_model(parser, "imagenet")
    parser.add_argument("--labels", default="", help="labels, for a model that reads text")
    parser.add_argument("--most", type=float, default=32.0, help="grey levels of 255")
    parser.add_argument("--steps", type=int, default=20, help="within each bound")
    parser.add_argument("--out", default="flipped.zip")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the pictures and figures as a zip."""
    from replearn.core.question import Question
    from replearn.plotting.dreams.files import smallest_zip
    from replearn.plotting.dreams.tables import smallest_line
    from replearn.studies.dreams.smallest_change import smallest_change

    found = smallest_change(
        options.picture,
        options.model,
        options.target,
        question=Question(words(options.labels) or None),
        most=options.most,
        steps=options.steps,
        progress=pace(),
    )
    Path(options.out).write_bytes(smallest_zip(found))
    if not printed_json(options, found.to_dict()):
        print(f"{smallest_line(found)}.")
        print(f"written to {options.out}")
        print(found.stamp)
    return 0
