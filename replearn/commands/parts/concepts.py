"""`python -m replearn concepts`: a picture's vector in words, or what is left of a data set's."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, dataset_name, pace
from replearn.commands.frame.json_answers import add_json, tell_json
from replearn.core.errors import InputError


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture", nargs="?")
    add_model(parser)
    parser.add_argument("-k", type=int, default=8, help="words of the sum, at most")
    parser.add_argument(
        "--words", default="", help="a vocabulary: shapes, emoji, photographs or nouns"
    )
    parser.add_argument("--dataset", default="", help="whose mean picture is taken away")
    parser.add_argument(
        "--accuracy", action="store_true", help="zero-shot over --dataset in 1, 2, 4, ... words"
    )
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the words with their weights, and the nearest words; or an accuracy for each k."""
    data = dataset_name(options.dataset) if options.dataset else ""
    if options.accuracy:
        return _accuracy(options, data)
    if not options.picture:
        raise InputError("Name a picture, or give --accuracy for a whole data set.")
    from replearn.studies.parts.words import concepts

    found = concepts(
        options.picture,
        options.model,
        options.k,
        words=options.words,
        dataset=data,
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


def _accuracy(options: Namespace, data: str) -> int:
    from replearn.studies.parts.concept_accuracy import concept_accuracy

    found = concept_accuracy(options.model, data, words=options.words, progress=pace())
    if tell_json(options, found.to_dict()):
        return 0
    for point in found.points:
        print(f"{point.k:3} words: {point.accuracy}, cosine {point.cosine:.2f}")
    print(f"its own vectors: {found.whole}; chance {found.chance:.2f}")
    print(found.stamp)
    return 0
