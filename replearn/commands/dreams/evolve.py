"""`python -m replearn evolve`: patterns that evolve until the model is sure of them."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, pace, words
from replearn.commands.frame.json_answers import add_printed_json, printed_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("target", nargs="?", default="", help="left out, what comes easiest")
    add_model(parser, "imagenet")
    parser.add_argument("--labels", default="", help="labels, for a model that reads text")
    parser.add_argument("--generations", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="evolved.zip")
    add_printed_json(parser)


def run(options: Namespace) -> int:
    """Write the patterns and figures as a zip."""
    from replearn.core.question import Question
    from replearn.plotting.dreams.files import evolved_zip
    from replearn.plotting.dreams.tables import evolved_line, undone_rows
    from replearn.studies.dreams.evolve import EvolveChoice, evolve

    found = evolve(
        options.target,
        options.model,
        question=Question(words(options.labels) or None),
        choice=EvolveChoice(options.generations, seed=options.seed),
        progress=pace(),
    )
    Path(options.out).write_bytes(evolved_zip(found))
    if printed_json(options, found.to_dict()):
        return 0
    print(f"{evolved_line(found)}; written to {options.out}")
    for treatment, network, probability, answer in undone_rows(found.undone):
        print(f"{probability}  {treatment}, {network}: {answer}")
    print(found.stamp)
    return 0
