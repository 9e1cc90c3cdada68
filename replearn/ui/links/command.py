"""`replearn link`: a link to a state of the page."""

import argparse

from replearn.core.page_link import PageState, Value, value_of
from replearn.ui.links.making import ADDRESS, page_link

SUBJECT = ("picture", "model", "compare", "dataset")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--tab", required=True, help="such as heat-maps, or matrix.shift")
    parser.add_argument("--picture", help="an example's name, such as chelsea")
    parser.add_argument("--model")
    parser.add_argument("--compare", help="the model to compare with")
    parser.add_argument("--dataset")
    parser.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        type=_setting,
        metavar="NAME=VALUE",
        help=r'controls, such as method=grad-cam labels="a cat\na dog"; a list is written as JSON',
    )
    parser.add_argument("--open", nargs="+", default=[], metavar="PANEL", help="what is unfolded")
    parser.add_argument("--press", default="", metavar="BUTTON", help="what draws the figure")
    parser.add_argument("--address", default=ADDRESS, help=f"the page's; default: {ADDRESS}")


def run(options: argparse.Namespace) -> int:
    """Print the link."""
    subject = {name: found for name in SUBJECT if (found := getattr(options, name)) is not None}
    state = PageState(options.tab, tuple(options.open), options.press, subject, dict(options.set))
    print(page_link(state, options.address))
    return 0


def _setting(text: str) -> tuple[str, Value]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} must be NAME=VALUE")
    return name, value_of(value)
