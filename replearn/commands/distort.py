"""`python -m replearn distort`: one picture, asked before and after."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("picture")
    add_model(parser)
    parser.add_argument("--distortion", default="uniform-noise")
    parser.add_argument("--level", type=float, required=True)
    parser.add_argument("--labels", help="a,b,c or one a line")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", help="write the distorted picture here")


def run(options: Namespace) -> int:
    """Print the answers before and after."""
    from PIL import Image

    from replearn.data.labels import parse_labels
    from replearn.studies.distortions.distorted_answer import distorted_answer

    labels = parse_labels(options.labels).names if options.labels else None
    found = distorted_answer(
        options.picture, options.distortion, options.level, options.model, labels, options.seed
    )
    for title, answer in (("clean", found.clean), ("distorted", found.changed)):
        print(title, *(f"{name} {p:.2f}" for name, p in answer.top(3)), sep="  ")
    print(f"cosine to the clean picture {found.cosine_to_clean:.3f}")
    if options.out:
        Image.fromarray(found.picture).save(options.out)
    print(found.stamp)
    return 0
