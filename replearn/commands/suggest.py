"""`python -m replearn suggest`: labels for a folder's pictures."""

from argparse import ArgumentParser, Namespace

from replearn.commands.arguments import add_model, dataset_name, say_progress


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset")
    add_model(parser)
    parser.add_argument("--labels", required=True)


def run(options: Namespace) -> int:
    """Print a row per picture as CSV."""
    from replearn.data.labels import parse_labels
    from replearn.studies.evaluate import suggest_labels, to_csv

    labels = parse_labels(options.labels).names
    name = dataset_name(options.dataset)
    print(to_csv(list(suggest_labels(name, labels, options.model, say_progress))), end="")
    return 0
