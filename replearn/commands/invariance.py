"""`python -m replearn invariance`: what leaves a model's features unmoved."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from replearn.commands.frame.arguments import dataset_name, numbers, pace, words
from replearn.commands.frame.telling import tell, tell_left_out
from replearn.core.errors import InputError


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("pictures", nargs="?", default="shapes", help="a data set or one picture")
    parser.add_argument("--factor", default="translation")
    parser.add_argument(
        "--models", default="", help="a,b,c; default: photo-clip,pixels, or all that ship"
    )
    parser.add_argument("--levels", help="a,b,c in the factor's unit; default: its own")
    parser.add_argument("--n", type=int, default=200, help="pictures of a data set, at most")
    parser.add_argument("--fit", type=int, default=2000, help="others that a probe is fitted on")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--labels", default="", help="what to choose from, for one picture")
    parser.add_argument("--layers", action="store_true", help="measure the layers too")
    parser.add_argument("--out", help="a CSV file: a row per picture, model, layer and level")
    parser.add_argument(
        "--all", action="store_true", help="all shipped models under all factors, for --out"
    )


def run(options: Namespace) -> int:
    """Measure, print a line per model and layer, and write the rows."""
    from replearn.data.labels import parse_labels
    from replearn.studies.invariance.build import MODELS, build_invariance
    from replearn.studies.invariance.invariance import InvarianceOptions, invariance

    out = Path(options.out) if options.out else None
    chosen = InvarianceOptions(
        levels=numbers(options.levels),
        n=options.n,
        fit=options.fit,
        seed=options.seed,
        layers=options.layers,
        labels=tuple(parse_labels(options.labels).names) if options.labels else (),
    )
    if options.all:
        models = words(options.models) or MODELS
        print(f"written to {build_invariance(out, models, chosen, pace())}")
        return 0
    models = words(options.models) or ("photo-clip", "pixels")
    alone = Path(options.pictures)
    pictures = alone if alone.is_file() else dataset_name(options.pictures)
    if isinstance(pictures, str):
        tell(pictures)
        tell_left_out(pictures)
    found = invariance(pictures, options.factor, models, chosen, pace())
    for curve in found.curves:
        told = f"{curve.model} {curve.layer}: area {curve.rescaled} between chance and 1"
        if curve.accuracy_area is not None:
            told += f", accuracy {curve.accuracy_area} (chance {curve.chance_accuracy:.2f})"
        print(told)
    print(found.stamp)
    if out:
        _write(found.rows(), out)
        print(f"written to {out}")
    return 0


def _write(rows: Sequence[dict[str, Any]], path: Path) -> None:
    from replearn.plotting.invariance.files import csv_text

    try:
        path.write_text(csv_text(rows), encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error
