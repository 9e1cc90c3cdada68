"""Decoders that bad files could crash or hold up run in a process of their own."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class ApartError(Exception):
    """The process failed: what it was given is damaged, or more than its memory holds."""


class TooLongError(ApartError):
    """The process took too long and was ended."""


def run_apart(script: str, arguments: Sequence[str], content: bytes, seconds: float) -> bytes:
    """Run a script of this folder on a file's content; return what it writes.

    Raises:
        TooLongError: it took too long.
        ApartError: it failed.
    """
    path = Path(__file__).with_name(script)
    command = [sys.executable, "-P", str(path), *arguments]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise TooLongError from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise ApartError from error
    return done.stdout
