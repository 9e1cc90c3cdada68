"""`python -m replearn neighbours`: the nearest pictures of a data set."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, dataset_name, pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("query", nargs="?", help="a picture, or a row of the data set")
    add_model(parser)
    parser.add_argument("--text", help="asked for instead of a picture")
    parser.add_argument("--dataset", default="emoji")
    parser.add_argument("-k", type=int, help="default: 12, or all where there are fewer")


def run(options: Namespace) -> int:
    """Print a line per neighbour."""
    from replearn.studies.map.neighbours import neighbours

    query = int(options.query) if (options.query or "").isdigit() else options.query
    name = dataset_name(options.dataset)
    found = neighbours(query, name, options.model, options.k, options.text, pace())
    for cosine, caption, identity in zip(
        found.similarities, found.captions, found.ids, strict=True
    ):
        print(f"{cosine:.3f}  {caption}  [{identity}]")
    print(found.stamp)
    return 0
