"""`python -m replearn matrix`: the fine-tuning matrix, trained, tested and judged."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import pace, words


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--networks", default="", help="a,b,c of A1 to C2; default: all twenty")
    parser.add_argument("--seeds", type=int, default=3, help="how many")
    parser.add_argument("--out", help="a folder for the rows; default: where those that ship lie")


def run(options: Namespace) -> int:
    """Train what isn't trained yet, write the rows, and print table and findings."""
    from replearn.studies.generalisation.matrix import make_matrix
    from replearn.studies.generalisation.matrix_findings import findings

    found = make_matrix(
        words(options.networks),
        tuple(range(options.seeds)),
        Path(options.out) if options.out else None,
        pace(),
    )
    print(" " * 22 + " ".join(f"{name:>4}" for name in found.networks))
    for title, row in zip(found.evaluations, found.accuracy.mean(2), strict=True):
        print(f"{title:22}" + " ".join(f"{value:4.2f}" for value in row))
    print(f"chance {found.chance:.3f} | {found.stamp}")
    if len(found.networks) == 20:
        for one in findings(found):
            verdict = "repeated" if one.holds else "NOT repeated"
            print(
                f"{verdict}: {one.claim} {one.measure}: {one.ours}, published {one.published:.2f}"
            )
    return 0
