"""`python -m replearn groups`: accuracy by group, gaps, tests; where it fails; two models."""

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from replearn.commands.frame.arguments import dataset_name, pace, words
from replearn.commands.frame.json_answers import add_json, tell_json
from replearn.commands.frame.telling import tell, tell_left_out
from replearn.core.errors import InputError


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("dataset", help="a folder, or a data set with columns")
    parser.add_argument("--model", default="photo-clip", help="a,b compares two")
    parser.add_argument("--by", default="", help="columns a,b, and their pairs; default: all")
    parser.add_argument("--labels", help="default: the data set's own class names")
    parser.add_argument("--template", action="append")
    parser.add_argument("--positive", default="", help="a class, for equal opportunity")
    parser.add_argument("--bins", type=int, default=4, help="groups that numbers are cut into")
    parser.add_argument("--largest", type=int, default=0, help="keep so many groups of a column")
    parser.add_argument(
        "--search", action="store_true", help="all columns and pairs: where does it fail?"
    )
    add_json(parser)
    parser.add_argument("--csv", help="write a row per group here")


def run(options: Namespace) -> int:
    """Print the groups, the worst first."""
    from replearn.core.question import Question
    from replearn.data.labels import parse_labels

    name = dataset_name(options.dataset)
    tell(name)
    tell_left_out(name)
    labels = parse_labels(options.labels).names if options.labels else None
    question = Question(labels, tuple(options.template) if options.template else None)
    models = words(options.model)
    if options.search:
        return _search(options, name, models[0], question)
    if len(models) == 2:
        return _compare(options, name, models, question)
    if len(models) != 1:
        raise InputError("Name one model, or two to compare.")
    return _groups(options, name, models[0], question)


def _groups(options: Namespace, name: str, model: str, question: Any) -> int:
    from replearn.plotting.groups.sentences import gap_sentence, odds_sentence
    from replearn.results.groups import group_records
    from replearn.studies.groups.groups import groups

    found = groups(
        name,
        model,
        words(options.by) or None,
        question,
        positive=options.positive,
        bins=options.bins,
        largest=options.largest,
        progress=pace(),
    )
    if options.csv:
        write_csv(group_records(found), Path(options.csv))
    if tell_json(options, found.to_dict()):
        return 0
    print(f"all pictures {found.overall}")
    for by in found.by:
        print(f"\nby {' x '.join(by)}")
        for row in found.groups(by):
            small = "" if row.ranked else "  (too few to be ranked)"
            print(f"  {row.name:32} {row.accuracy}  calibration error {row.ece:.2f}{small}")
        print(f"  {gap_sentence(found, by)}")
    for one in found.odds:
        print(odds_sentence(one))
    for line in (*found.notes, found.stamp):
        print(line)
    return 0


def _search(options: Namespace, name: str, model: str, question: Any) -> int:
    from replearn.plotting.groups.rows import suspect_rows, telling_rows
    from replearn.studies.groups.search import search_groups

    found = search_groups(name, model, question, bins=options.bins, progress=pace())
    if tell_json(options, found.to_dict()):
        return 0
    print(f"all pictures {found.overall}; {found.tried:,} groups were tried")
    print("what tells most of where it fails: columns, groups, share of the variance, p (Holm)")
    for row in telling_rows(found):
        print("  " + "  ".join(row))
    print("the worst of one half, on the other half")
    for row in suspect_rows(found):
        print("  {}: found {}, checked {}, minus the rest {}; holds: {}".format(*row))
    print(found.stamp)
    return 0


def _compare(options: Namespace, name: str, models: Sequence[str], question: Any) -> int:
    from replearn.plotting.groups.rows import change_rows
    from replearn.plotting.groups.sentences import change_sentence
    from replearn.studies.groups.compare import compare_groups

    by = words(options.by)
    if not by:
        raise InputError("Two models are compared by one column, or two: --by backdrop.")
    found = compare_groups(
        name,
        models,
        by,
        (question, question),
        bins=options.bins,
        largest=options.largest,
        progress=pace(),
    )
    if tell_json(options, found.to_dict()):
        return 0
    print(f"{found.ways[0]}, then {found.ways[1]}, by {' x '.join(found.by)}")
    for row in change_rows(found):
        print("  {} (n = {}): {} before, {} after, {}; p (Holm) {}".format(*row))
    print(change_sentence(found))
    print(found.stamp)
    return 0


def write_csv(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows of plain values as CSV.

    Raises:
        InputError: the file can't be written.
    """
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error
