"""`python -m replearn build`: a model that ships, trained, measured and written."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("model", help="its name, or all")
    parser.add_argument("--out", help="where the run is kept; default: the cache folder's runs")


def run(options: Namespace) -> int:
    """Build one model, or all."""
    from replearn.studies.shipping.model_card import build_model
    from replearn.training.shipped_models import SHIPPED_MODELS

    out = Path(options.out) if options.out else None
    for name in SHIPPED_MODELS if options.model == "all" else [options.model]:
        print(f"written to {build_model(name, out, pace())}")
    return 0
