"""`python -m replearn evaluate`: accuracy on labelled pictures, shape bias, or how it falls."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import dataset_name, pace, words
from replearn.commands.frame.telling import tell
from replearn.core.errors import InputError


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset", help="a folder, FOLDER@SPLIT, data set, shape-bias, geirhos")
    parser.add_argument("of", nargs="?", metavar="FOLDER", help="of pictures for those two")
    parser.add_argument("--model", help="default: photo-clip; for shape-bias a,b may be given")
    parser.add_argument("--labels", help="default: the data set's own class names")
    parser.add_argument("--template", action="append")
    parser.add_argument("--csv", help="write a row per picture here")
    parser.add_argument("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print accuracy and calibration, the shape bias, or the fall beside the published one."""
    if options.dataset == "shape-bias":
        from replearn.commands.shape_bias import MODELS, print_shape_bias

        models = words(options.model or "") or MODELS
        print_shape_bias(dataset_name(options.of or "shapes"), models)
        return 0
    if options.dataset == "geirhos":
        from replearn.commands.geirhos import print_geirhos

        if not options.of:
            raise InputError("Name a folder of labelled photographs after geirhos.")
        print_geirhos(dataset_name(options.of), options.model or "imagenet")
        return 0
    return _accuracy(options)


def _accuracy(options: Namespace) -> int:
    from replearn.core.question import Question
    from replearn.data.labels import parse_labels
    from replearn.data.telling import summary
    from replearn.results.many_pictures import to_json
    from replearn.studies.many_pictures.evaluate import evaluate, to_csv

    labels = parse_labels(options.labels).names if options.labels else None
    chosen = Question(labels, tuple(options.template) if options.template else None)
    model = options.model or "photo-clip"
    name = dataset_name(options.dataset)
    tell(name)
    found = evaluate(name, model, chosen, pace())
    if options.csv:
        Path(options.csv).write_text(to_csv(found.rows), encoding="utf-8", newline="")
    if options.json:
        print(to_json(found))
        return 0
    print(f"accuracy {found.accuracy}")
    print(f"expected calibration error {found.reliability.ece:.2f}")
    for line in summary(found.unreadable):
        print(line)
    print(found.stamp)
    return 0
