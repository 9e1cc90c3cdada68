"""`python -m replearn assets`: the maps, curves, rows and responses that ship."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--map", nargs=2, metavar=("DATASET", "MODEL"), help="this map alone")
    parser.add_argument("--units", metavar="MODEL", help="this model's responses alone")


def run(options: Namespace) -> int:
    """Compute them anew."""
    from replearn.studies.generalisation.shift import make_shifts
    from replearn.studies.parts.build_responses import build_responses
    from replearn.studies.shipping.shipped import build_map, build_shipped

    if options.map:
        dataset, model = options.map
        build_map(dataset, model, pace())
    elif options.units:
        build_responses(options.units, pace())
    else:
        build_shipped(pace())
        make_shifts(progress=pace())
    return 0
