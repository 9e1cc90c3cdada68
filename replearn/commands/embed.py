"""`python -m replearn embed`: a data set's vectors, or what is new of them."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, dataset_name, pace
from replearn.commands.frame.telling import tell, tell_missing


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset", help="a name or a folder; work that was stopped goes on")
    add_model(parser)
    parser.add_argument("--engine", default="local", help="local, or ray for a Ray cluster")


def run(options: Namespace) -> int:
    """Embed, and print how much there is."""
    from replearn.studies.map.embed import embed

    name = dataset_name(options.dataset)
    tell(name)
    table = embed(name, options.model, pace(), options.engine)
    tell_missing(name, table.ids)
    rows, width = table.search.shape
    print(f"{rows:,} pictures of {options.dataset}, {width} numbers each, under {options.model}")
    if table.search.recall < 1:
        print(f"neighbours by an index on disk; its recall at 10 is {table.search.recall:.3f}")
    return 0
