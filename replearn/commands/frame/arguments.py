"""What several commands read from their arguments, and how they say where they are."""

import argparse
import functools
import sys
from pathlib import Path

from replearn.core.errors import InputError
from replearn.core.pace import Pace
from replearn.data import DATASETS


def dataset_name(given: str) -> str:
    """Return a data set's name; a folder, or FOLDER@SPLIT, may be given by its path alone."""
    if given.partition(":")[0] in DATASETS:
        return given
    alone = Path(given).exists() or any(mark in given for mark in "/\\@")
    return f"folder:{given}" if alone else given


def words(given: str) -> tuple[str, ...]:
    """Return the parts of a,b,c."""
    return tuple(part.strip() for part in given.split(",") if part.strip())


def numbers(given: str | None) -> tuple[float, ...] | None:
    """Return the numbers of 1,2,3; None where nothing was given.

    Raises:
        InputError: a part isn't a number.
    """
    if not given:
        return None
    try:
        return tuple(float(part) for part in given.split(","))
    except ValueError as error:
        raise InputError(f"{given!r} isn't a list of numbers; write them as 0,15,30.") from error


def key_value(text: str) -> tuple[str, str]:
    """Read KEY=VALUE, as argparse wants it."""
    key, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} must be key=value")
    return key, value


def add_model(parser: argparse.ArgumentParser, default: str = "photo-clip") -> None:
    """Add the option `--model`."""
    parser.add_argument("--model", default=default)


def pace() -> Pace:
    """Return a progress that says how fast the work goes and how long it will take."""
    watched = sys.stderr.isatty()
    end = "   \r" if watched else "\n"
    say = functools.partial(print, end=end, file=sys.stderr, flush=True)
    return Pace(say, every=0.5 if watched else 10.0)
