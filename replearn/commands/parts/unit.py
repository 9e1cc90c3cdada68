"""`python -m replearn unit`: what one unit responds to, or which unit knows a value of shapes."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.commands.frame.arguments import add_model, dataset_name, pace
from replearn.commands.frame.json_answers import add_json, tell_json
from replearn.data.labels import parse_labels
from replearn.plotting.parts.unit_tables import ablation_line

if TYPE_CHECKING:
    from replearn.results.unit import Unit


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    add_model(parser, "shapes-supervised")
    parser.add_argument("--layer", default="", help="left out, the last")
    parser.add_argument("--index", type=int, default=0)
    parser.add_argument("--dataset", default="", help="whose pictures are shown")
    parser.add_argument("--knows", default="", help="rank units by a value of shapes: stripes")
    parser.add_argument("--pictures", help="a folder for the pictures, cut to what the unit saw")
    parser.add_argument("--labels", default="", help="a,b,c: its weight for each of them")
    parser.add_argument("--without", action="store_true", help="answer the data set without it")
    parser.add_argument("--words", action="store_true", help="predict words for it (CLIP-Dissect)")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print what the unit tells apart, covers and weighs, and write its pictures."""
    from replearn.studies.parts.units.unit import unit

    if options.knows:
        return _ranked(options)
    data = dataset_name(options.dataset) if options.dataset else ""
    if options.without:
        return _without(options, data)
    if options.words:
        return _words(options, data)
    labels = parse_labels(options.labels).names if options.labels else ()
    found = unit(options.model, options.layer, options.index, data, labels, pace())
    if options.pictures:
        folder = Path(options.pictures)
        folder.mkdir(parents=True, exist_ok=True)
        for group, some in found.pictures.items():
            for i, one in enumerate(some):
                one.picture.save(folder / f"{group}-{i}.png")
    if tell_json(options, found.to_dict()):
        return 0
    print("\n".join(_lines(found)))
    return 0


def _lines(found: "Unit") -> list[str]:
    lines = [
        f"{group}: " + "; ".join(f"{one.response:.2f} {one.caption}" for one in some)
        for group, some in found.pictures.items()
    ]
    for told in found.selectivity[:8]:
        lines.append(f"{told.factor} {told.value}: AUC {told.area}, untrained {told.untrained:.2f}")
    for covered in found.overlaps[:8]:
        iou = f"IoU {covered.iou}, untrained {covered.untrained:.2g}"
        lines.append(f"covers {covered.factor} {covered.value}: {iou}")
    if found.weights:
        weights = (f"{one.name} {one.weight:.2g}" for one in found.weights[:8])
        lines.append(f"weights: {'; '.join(weights)}")
    if found.ablation is not None:
        lines.append(ablation_line(found.ablation))
    return [*lines, *found.notes, str(found.stamp)]


def _ranked(options: Namespace) -> int:
    from replearn.studies.parts.units.unit import knowing

    ranked = knowing(options.model, options.knows, options.layer, progress=pace())
    if not tell_json(options, {"value": options.knows, "units": ranked}):
        for index, area in ranked:
            print(f"unit {index}: AUC {area:.2f}")
    return 0


def _without(options: Namespace, data: str) -> int:
    from replearn.studies.parts.units.unit_ablation import without_unit

    found = without_unit(options.model, options.layer, options.index, data, pace())
    if not tell_json(options, found.to_dict()):
        print(ablation_line(found))
        print(found.stamp)
    return 0


def _words(options: Namespace, data: str) -> int:
    from replearn.studies.parts.units.clip_dissect import unit_words

    found = unit_words(options.model, options.layer, options.index, data, progress=pace())
    if not tell_json(options, found.to_dict()):
        for word in found.words:
            note = "" if word.beats else " (no better than shuffled pictures)"
            print(f"{word.correlation:.2f} {word.text}{note}")
        print(f"the best word with shuffled pictures: {found.shuffled:.2f}")
        print(found.stamp)
    return 0
