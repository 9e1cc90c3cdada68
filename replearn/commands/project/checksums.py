"""`python -m replearn checksums`: those of the weights that ship, recorded anew."""

from argparse import ArgumentParser, Namespace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options: there are none."""


def run(options: Namespace) -> int:  # noqa: ARG001  (none are given)
    """Record them, and print where."""
    from replearn.core.assets import assets_folder
    from replearn.encoders.checksums import FILE, record_weights

    for folder in sorted({path.parent for path in assets_folder().glob("*/*.safetensors")}):
        record_weights(folder)
    print(f"written to {assets_folder() / FILE}")
    return 0
