"""`python -m replearn download`: the only command that asks another machine."""

from argparse import ArgumentParser, Namespace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("name", help="an OpenCLIP model, or a data set")


def run(options: Namespace) -> int:
    """Fetch a model's weights or a data set."""
    from replearn.data.downloads import download_dataset, is_downloadable
    from replearn.encoders.downloads import download

    if is_downloadable(options.name):
        download_dataset(options.name)
    else:
        download(options.name)
    print(f"{options.name} is on this computer now.")
    return 0
