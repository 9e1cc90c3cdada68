"""The page's options: what `app.py` takes, and the settings that they mean."""

import argparse
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from replearn.core.errors import InputError
from replearn.core.settings import (
    Settings,
    from_environment,
    split_names,
    split_paths,
)
from replearn.data.labels import parse_labels

PORT = 7860
PER_VISITOR, IN_SUM, MINUTES = 1, 2, 30
BOUNDS = {
    "per_visitor": "what takes long (drawings, sweeps, downloads, training) that one visitor may "
    f"have going at once; default: {PER_VISITOR} where others reach the page, else no bound",
    "in_sum": f"of it that goes at once for all; default: {IN_SUM} where others reach the page, "
    "else no bound",
    "minutes": f"the longest that one piece of it may take; default: {MINUTES} where others reach "
    "the page, else no bound",
}


def parse(arguments: Sequence[str] | None = None) -> Settings:
    """Read the options of `app.py`; what isn't given comes from `REPLEARN_*`."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="replearn: what has the model learnt?"
    )
    add_options(parser)
    try:
        return settings_of(parser.parse_args(arguments))
    except InputError as error:
        parser.error(str(error))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the page's options to a command."""
    known = from_environment()
    parser.add_argument("--host", default=known.host, help="0.0.0.0 opens it to the network")
    parser.add_argument("--port", type=int, default=known.port, help=f"default: {PORT}")
    parser.add_argument(
        "--share", action="store_true", default=known.share, help="a public address, by Gradio"
    )
    parser.add_argument(
        "--root-path",
        default=known.root_path,
        metavar="/PATH",
        help="where a proxy shows the page, if not at the top",
    )
    parser.add_argument("--auth", default=known.auth, metavar="USER:PASSWORD")
    parser.add_argument(
        "--models",
        type=split_names,
        default=known.models,
        help="names to choose from, with commas, e.g. photo-clip,open_clip:ViT-B-32?weights.pt",
    )
    parser.add_argument("--cache-dir", type=Path, default=known.cache_dir)
    parser.add_argument(
        "--folders",
        type=split_paths,
        default=known.folders,
        metavar="PATH[:PATH]",
        help="open only folders and checkpoints below these; default: any, or none where others "
        "reach the page",
    )
    parser.add_argument(
        "--downloads",
        action=argparse.BooleanOptionalAction,
        default=known.downloads,
        help="let visitors download models and data sets; default: yes, but not where others "
        "reach the page",
    )
    parser.add_argument(
        "--training",
        action=argparse.BooleanOptionalAction,
        default=known.training,
        help="let visitors start and stop training runs; default: yes, but not where others reach "
        "the page",
    )
    for name, what in BOUNDS.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=_bound,
            default=getattr(known, name),
            metavar="N",
            help=what,
        )
    parser.add_argument(
        "--lessons",
        type=Path,
        default=known.lessons,
        metavar="FOLDER",
        help="adds lessons (*.md), and replaces those of the same file name",
    )
    parser.add_argument(
        "--teach",
        action="store_true",
        default=known.teach,
        help="leads a class: counts the lessons' answers for the teacher, closes folders, "
        "downloads and training that aren't named, and with one model in --models offers no other",
    )
    parser.add_argument(
        "--labels",
        type=split_names,
        default=known.labels,
        metavar="LABEL,LABEL",
        help="what the page asks by, whichever picture is shown; with --teach they can't be "
        "changed",
    )
    parser.add_argument(
        "--mcp",
        action="store_true",
        default=known.mcp,
        help="serve the studies as tools of the Model Context Protocol, too, at /mcp",
    )
    parser.add_argument(
        "--serve",
        default=known.serve,
        metavar="ray",
        help="run the models' networks on replicas of Ray Serve, on this computer or the cluster "
        "that RAY_ADDRESS names",
    )
    parser.add_argument(
        "--replicas",
        type=int,
        default=known.replicas,
        help=f"how many, with --serve ray, a core each; default: {Settings.replicas}",
    )
    parser.add_argument(
        "--offline", action="store_true", default=known.offline, help="refuse downloads"
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings that the options mean.

    Raises:
        InputError: they can't be used.
    """
    if options.auth and ":" not in options.auth:
        raise InputError("--auth must be USER:PASSWORD")
    if not options.models:
        raise InputError("--models must name at least one model, such as photo-clip")
    if options.serve not in {None, "ray"}:
        raise InputError(f"--serve is {options.serve!r}; there is ray, or leave it out.")
    if options.replicas < 1:
        raise InputError(f"--replicas is {options.replicas}; it must be 1 or more.")
    if options.labels:
        parse_labels("\n".join(options.labels))
    known = from_environment()
    given = {one.name: getattr(options, one.name) for one in fields(known) if one.name in options}
    settings = replace(known, **given)
    if not settings.has_visitors:
        return settings
    # others use the page: what its owner doesn't name stays closed
    folders = () if settings.folders is None else settings.folders
    return replace(
        settings,
        folders=folders,
        downloads=bool(settings.downloads),
        training=bool(settings.training),
        per_visitor=settings.per_visitor or PER_VISITOR,
        in_sum=settings.in_sum or IN_SUM,
        minutes=settings.minutes or MINUTES,
    )


def _bound(text: str) -> int:
    """Read a whole number from 1 on, as argparse wants it."""
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number such as 2")
    return int(text)
