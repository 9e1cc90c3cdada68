"""Answers as JSON: on standard output, or in a file."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replearn.core.errors import InputError


def add_json(parser: ArgumentParser) -> None:
    """Add the options `--json` and `--out`."""
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--out", help="a JSON file for everything")


def tell_json(options: Namespace, answer: Mapping[str, Any]) -> bool:
    """Write an answer where the options say; return whether it was printed.

    Raises:
        InputError: the file can't be written.
    """
    text = json.dumps(answer, indent=1)
    if options.out:
        try:
            Path(options.out).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{options.out} can't be written ({error.strerror}).") from error
    if options.json:
        print(text)
    return bool(options.json)
