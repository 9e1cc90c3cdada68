"""`python -m replearn slices`: blind spots that nobody labelled, checked on other pictures."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, dataset_name, pace
from replearn.commands.frame.json_answers import add_json, tell_json
from replearn.commands.frame.telling import tell, tell_left_out
from replearn.commands.groups.groups import write_csv


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset", help="a folder, or a data set with labels")
    add_model(parser)
    parser.add_argument("--labels", help="default: the data set's own class names")
    parser.add_argument("--vectors", default="", help="the model in whose space they lie")
    add_json(parser)
    parser.add_argument("--csv", help="write a row per slice here")


def run(options: Namespace) -> int:
    """Print the slices, the worst first."""
    from replearn.data.labels import parse_labels
    from replearn.results.groups.slices import slice_record
    from replearn.studies.groups.slices import slices

    name = dataset_name(options.dataset)
    tell(name)
    tell_left_out(name)
    labels = parse_labels(options.labels).names if options.labels else None
    found = slices(name, options.model, labels, vectors=options.vectors, progress=pace())
    if options.csv:
        write_csv([slice_record(row) for row in found.rows], Path(options.csv))
    if tell_json(options, found.to_dict()):
        return 0
    print(f"all pictures {found.overall}")
    for row in found.rows:
        print(f"slice {row.number}: found {row.found}, checked {row.checked}, ", end="")
        print("holds" if row.holds else "doesn't hold")
        print(f"  words: {', '.join(row.words) or 'none'}")
        print(f"  are: {_told(row.labels)}; said: {_told(row.said)}")
    print(found.stamp)
    return 0


def _told(shares: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{name} {share:.2f}" for name, share in shares)
