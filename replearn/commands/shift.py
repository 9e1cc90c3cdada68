"""`python -m replearn shift`: models on data sets that drift away from the first."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import dataset_name, pace, words
from replearn.commands.frame.telling import tell, tell_left_out
from replearn.core.errors import InputError
from replearn.results.shift import ShiftTable
from replearn.studies.generalisation.shift import make_shifts, shift, shipped_shift_table
from replearn.studies.generalisation.shift_tasks import SHIPPED_SHIFTS


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--rows",
        default="",
        help="clean=folder:A,sketch=folder:B: the first is the one without a shift; "
        "default: the tables that ship",
    )
    parser.add_argument(
        "--models",
        default="imagenet,photo-clip",
        help="a,b,c; probe:NAME is a linear probe on NAME, fitted on the first row",
    )
    parser.add_argument("--clean", help="the row without a shift; default: the first")
    parser.add_argument("--out", help="a .csv or .parquet file for a row per answer")
    parser.add_argument(
        "--ship",
        nargs="*",
        metavar="DATA",
        help=f"ask anew for the tables that ship: {', '.join(SHIPPED_SHIFTS)}; default: all",
    )


def run(options: Namespace) -> int:
    """Ask the models, and print a table of accuracies with their intervals."""
    out = Path(options.out) if options.out else None
    if options.ship is not None:
        make_shifts(options.ship, out, pace())
        return 0
    if not options.rows:
        tables = [shipped_shift_table(data) for data in SHIPPED_SHIFTS]
    else:
        rows, models = _rows(options.rows), words(options.models)
        for data in rows.values():
            tell(data)
            tell_left_out(data)
        tables = [shift(rows, models, options.clean, out, pace())]
    for found in tables:
        _print(found)
    return 0


def _rows(text: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for part in text.split(","):
        name, equals, data = part.partition("=")
        if not equals or not name.strip() or not data.strip():
            raise InputError(f"{part!r} is no row; write name=folder:PATH, with commas between.")
        if name.strip() in rows:
            raise InputError(f"Two rows are called {name.strip()}; give each its own name.")
        rows[name.strip()] = dataset_name(data.strip())
    return rows


def _print(found: ShiftTable) -> None:
    for row in found.rows:
        print(row)
        for name in (*found.models, *found.baselines):
            cell = found.cells[row, name]
            above = "" if cell.robustness is None else f"  above the line {cell.robustness}"
            print(f"  {name:28} {cell.accuracy}{above}  {found.how[name]}")
        if row in found.differences:
            first, second = found.compared
            print(f"  {second} minus {first} {found.differences[row]}")
    for name, reason in found.missing.items():
        print(f"{name}: {reason}")
    print(f"chance {found.chance:.2f} | {found.stamp}\n")
