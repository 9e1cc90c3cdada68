"""`python -m replearn head-texts`: words for each attention head."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    add_model(parser, "shapes-clip")
    parser.add_argument("--dataset", default="", help="whose pictures are shown")
    parser.add_argument("--words", default="", help="a vocabulary: shapes, emoji or photographs")
    parser.add_argument("-k", type=int, default=5, help="texts for each head")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print a line for each head."""
    from replearn.plotting.parts.tables import head_rows
    from replearn.studies.parts.words import head_texts

    found = head_texts(options.model, options.dataset, options.words, options.k, progress=pace())
    if tell_json(options, found.to_dict()):
        return 0
    for name, share, texts, explained, shuffled in head_rows(found):
        print(f"{name} ({share} of the variance): {texts}; {explained}, shuffled {shuffled}")
    print(found.stamp)
    return 0
