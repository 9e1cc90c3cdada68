"""`python -m replearn fool`: change a picture until the model says what you want."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_printed_json, printed_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture", nargs="?", help="left out, noise")
    parser.add_argument("--target", required=True, help="the class, or the label, it should say")
    add_model(parser, "imagenet")
    parser.add_argument("--labels", default="", help="other labels, for a model that reads text")
    parser.add_argument("--epsilon", type=float, default=4.0, help="grey levels of 255")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--out", default="fooled.png", help="a .png, or .zip for all of it")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the picture, and print what undoes it."""
    from pathlib import Path

    from replearn.core.question import Question
    from replearn.plotting.dreams.files import write_fooled
    from replearn.plotting.dreams.tables import fooled_line, undone_rows
    from replearn.studies.dreams.fool import ANYTHING, FoolChoice, fool

    labels = tuple(label.strip() for label in options.labels.split(",") if label.strip())
    epsilon = options.epsilon if options.picture else ANYTHING
    found = fool(
        options.picture,
        options.target,
        options.model,
        question=Question(labels or None),
        choice=FoolChoice(epsilon, options.steps),
        progress=pace(),
    )
    write_fooled(found, Path(options.out))
    if printed_json(options, found.to_dict()):
        return 0
    print(f"{fooled_line(found)}; written to {options.out}")
    for treatment, network, probability, answer in undone_rows(found.undone):
        print(f"{probability}  {treatment}, {network}: {answer}")
    print(found.stamp)
    return 0
