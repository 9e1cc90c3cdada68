"""What a command says of a user's data, on standard error: how it was read, and what is missing."""

import sys
from collections.abc import Collection

from replearn.data import load_dataset
from replearn.data.telling import left_out_of, missing, said_of, summary, unlabelled


def tell(dataset: str) -> None:
    """Say how a user's own data set is read.

    Raises:
        InputError: it can't be opened.
    """
    _say(said_of(load_dataset(dataset)))


def tell_left_out(dataset: str) -> None:
    """Say which pictures a data set names and can't use."""
    _say(summary(left_out_of(load_dataset(dataset))))


def tell_missing(dataset: str, used: Collection[str]) -> None:
    """Say which pictures weren't used, given the ids of those that were."""
    _say(missing(load_dataset(dataset), used))


def tell_missing_labelled(dataset: str, used: Collection[str]) -> None:
    """Say the same where pictures without a label aren't asked for."""
    data = load_dataset(dataset)
    _say(missing(data, {*used, *unlabelled(data)}))


def _say(lines: Collection[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)
