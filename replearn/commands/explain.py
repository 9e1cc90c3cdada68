"""`python -m replearn explain`: a heat map."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, key_value, pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    add_model(parser)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--target", help="a class of the head, #281, or any text")
    asked.add_argument("--like", metavar="PICTURE", help="why is it like this second picture?")
    parser.add_argument("--against", default="", help="another class or text, which is taken off")
    parser.add_argument("--method", default="cam")
    parser.add_argument("--finer", action="store_true", help="at twice the network's own side")
    parser.add_argument("--set", type=key_value, action="append", metavar="KEY=VALUE")
    parser.add_argument("--out", default="heat-map.png", help="a .png, or .npz for the raw values")


def run(options: Namespace) -> int:
    """Write the map, and print what it is of."""
    from replearn.plotting.heat_maps.files import write_heat_map
    from replearn.studies.heat_maps.explain import explain

    target = Path(options.like) if options.like else options.target
    found = explain(
        options.picture,
        target,
        options.model,
        options.method,
        against=options.against,
        finer=options.finer,
        settings=dict(options.set or []),
        progress=pace(),
    )
    write_heat_map(found, Path(options.out))
    print(f"{found.target} = {found.score:.4f}; written to {options.out}")
    print(found.stamp)
    return 0
