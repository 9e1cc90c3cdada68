"""`python -m replearn models`: which models there are."""

from argparse import ArgumentParser, Namespace


def add_options(parser: ArgumentParser) -> None:
    """Add nothing: the command has no options."""


def run(options: Namespace) -> int:  # noqa: ARG001
    """Print each model, and whether it is on disk."""
    from replearn.encoders.registry import models

    for row in models():
        where = "on disk" if row.on_disk else f"download {row.download_megabytes} MB"
        print(f"{row.name}\n    {row.summary}; {row.licence}; {row.published} [{where}]")
    return 0
