"""Answers as JSON: on standard output, or in a file."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replearn.core.errors import InputError


def add_printed_json(parser: ArgumentParser) -> None:
    """Add the option `--json`, to a command whose `--out` is for what it makes."""
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def add_json(parser: ArgumentParser) -> None:
    """Add the options `--json` and `--out`."""
    add_printed_json(parser)
    parser.add_argument("--out", help="a JSON file for everything")


def printed_json(options: Namespace, answer: Mapping[str, Any]) -> bool:
    """Print an answer if it is wanted as JSON; return whether it was."""
    if options.json:
        print(json.dumps(answer, indent=1))
    return bool(options.json)


def tell_json(options: Namespace, answer: Mapping[str, Any]) -> bool:
    """Write an answer where the options say; return whether it was printed.

    Raises:
        InputError: the file can't be written.
    """
    if options.out:
        text = json.dumps(answer, indent=1)
        try:
            Path(options.out).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{options.out} can't be written ({error.strerror}).") from error
    return printed_json(options, answer)
