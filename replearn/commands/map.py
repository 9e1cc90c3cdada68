"""`python -m replearn map`: a data set laid out."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, dataset_name, key_value, pace
from replearn.commands.frame.telling import tell, tell_left_out


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset", nargs="?", default="emoji")
    add_model(parser)
    parser.add_argument("--projection", default="umap")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--set", type=key_value, action="append", metavar="PARAMETER=VALUE")
    parser.add_argument("--out", help="map.html or map.csv; default: CSV to the terminal")


def run(options: Namespace) -> int:
    """Write the map."""
    from replearn.commands.map_files import write_map
    from replearn.studies.map.embedding_map import MapChoice

    tell(dataset_name(options.dataset))
    tell_left_out(dataset_name(options.dataset))
    choice = MapChoice(
        dataset_name(options.dataset),
        options.model,
        options.projection,
        options.seed,
        tuple(sorted(dict(options.set or []).items())),
    )
    found = write_map(choice, Path(options.out) if options.out else None, pace())
    print(found.stamp, file=sys.stderr)
    return 0
