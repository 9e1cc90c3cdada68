"""`python -m replearn suggest`: labels for a folder's pictures."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, dataset_name, pace
from replearn.commands.frame.telling import tell, tell_missing


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset")
    add_model(parser)
    parser.add_argument("--labels", required=True)


def run(options: Namespace) -> int:
    """Print a row per picture as CSV."""
    from replearn.data.labels import parse_labels
    from replearn.studies.many_pictures.evaluate import suggest_labels, to_csv

    labels = parse_labels(options.labels).names
    name = dataset_name(options.dataset)
    tell(name)
    found = list(suggest_labels(name, labels, options.model, pace()))
    tell_missing(name, {row.id for row in found})
    print(to_csv(found), end="")
    return 0
