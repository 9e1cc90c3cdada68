"""`python -m replearn unit`: what one unit responds to, or which unit knows a value of shapes."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import add_model, dataset_name, pace
from replearn.commands.frame.json_answers import add_json, tell_json


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    add_model(parser, "shapes-supervised")
    parser.add_argument("--layer", default="", help="left out, the last")
    parser.add_argument("--index", type=int, default=0)
    parser.add_argument("--dataset", default="", help="whose pictures are shown")
    parser.add_argument("--knows", default="", help="rank units by a value of shapes: stripes")
    parser.add_argument("--pictures", help="a folder for the pictures, cut to what the unit saw")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print what the unit tells apart, and write its pictures."""
    from replearn.studies.parts.unit import knowing, unit

    if options.knows:
        ranked = knowing(options.model, options.knows, options.layer, progress=pace())
        if not tell_json(options, {"value": options.knows, "units": ranked}):
            for index, area in ranked:
                print(f"unit {index}: AUC {area:.2f}")
        return 0
    data = dataset_name(options.dataset) if options.dataset else ""
    found = unit(options.model, options.layer, options.index, data, progress=pace())
    if options.pictures:
        folder = Path(options.pictures)
        folder.mkdir(parents=True, exist_ok=True)
        for group, some in found.pictures.items():
            for i, one in enumerate(some):
                one.picture.save(folder / f"{group}-{i}.png")
    if tell_json(options, found.to_dict()):
        return 0
    for group, some in found.pictures.items():
        print(f"{group}:", "; ".join(f"{one.response:.2f} {one.caption}" for one in some))
    for told in found.selectivity[:8]:
        print(f"{told.factor} {told.value}: AUC {told.area}, untrained {told.untrained:.2f}")
    print(found.stamp)
    return 0
