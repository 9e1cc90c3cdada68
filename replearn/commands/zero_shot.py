"""`python -m replearn zero-shot`: pictures against labels."""

import json
from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture", nargs="+")
    add_model(parser)
    parser.add_argument("--labels", required=True, help="a,b,c or one a line")
    parser.add_argument("--template", action="append", help="a text with {}; may be repeated")
    parser.add_argument("--null-prompt", help='e.g. "a photo": lets "none of these" win')
    parser.add_argument("--top", type=int, default=5)
    parser.add_argument("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print each picture's most probable labels."""
    from replearn.data.labels import parse_labels
    from replearn.studies.zero_shot.zero_shot import zero_shot

    labels = parse_labels(options.labels).names
    templates = options.template or None
    found = [
        (
            picture,
            zero_shot(
                picture,
                labels,
                options.model,
                templates,
                null_prompt=options.null_prompt,
                progress=pace(),
            ),
        )
        for picture in options.picture
    ]
    if options.json:
        print(json.dumps([{"picture": p, **answer.to_dict()} for p, answer in found], indent=2))
        return 0
    for picture, answer in found:
        print(picture)
        for i in answer.order[: options.top]:
            print(
                f"  {answer.probabilities[i]:.2f}  {answer.labels[i]}"
                f"  (cosine {answer.cosines[i]:.3f})"
            )
        print(f"  {answer.stamp}")
    return 0
