"""`python -m replearn concepts`: a picture's vector in words."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    add_model(parser)
    parser.add_argument("-k", type=int, default=8, help="words of the sum, at most")
    parser.add_argument("--words", default="", help="a vocabulary: shapes, emoji or photographs")
    parser.add_argument("--dataset", default="", help="whose mean picture is taken away")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the words with their weights, and the nearest words."""
    from replearn.studies.parts.words import concepts

    found = concepts(
        options.picture,
        options.model,
        options.k,
        words=options.words,
        dataset=options.dataset,
        progress=pace(),
    )
    if tell_json(options, found.to_dict()):
        return 0
    for word, weight in zip(found.words, found.weights, strict=True):
        print(f"{weight:.3f}  {word}")
    print(f"cosine {found.cosine:.2f}, centred {found.centred_cosine:.2f}")
    print("nearest:", ", ".join(f"{word} {cosine:.2f}" for word, cosine in found.nearest[:5]))
    print(found.stamp)
    return 0
