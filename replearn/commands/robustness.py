"""`python -m replearn robustness`: accuracy over a distortion's levels."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import add_model, dataset_name, numbers, pace
from replearn.commands.frame.telling import tell, tell_left_out


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--dataset", default="emoji")
    add_model(parser)
    parser.add_argument("--distortion", default="uniform-noise")
    parser.add_argument("--levels", help="a,b,c; default: the distortion's own")
    parser.add_argument("--pictures", type=int, default=200, help="drawn at random; 0 takes all")
    parser.add_argument("--seed", type=int, default=0)


def run(options: Namespace) -> int:
    """Print the accuracy at every level."""
    from replearn.studies.distortions.robustness import robustness

    tell(dataset_name(options.dataset))
    tell_left_out(dataset_name(options.dataset))
    found = robustness(
        dataset_name(options.dataset),
        options.model,
        options.distortion,
        numbers(options.levels),
        options.seed,
        options.pictures or None,
        pace(),
    )
    for point in found.points:
        print(f"{point.level:g} {found.unit}\t{point.accuracy}")
    print(f"chance {found.chance:.2f}")
    print(found.stamp)
    return 0
