"""Does it need the whole? Accuracy on pictures whose patches were shuffled."""

from replearn.results.distortions import RobustnessCurve
from replearn.studies.distortions.robustness import robustness

OF_PATCHES, OF_THE_WHOLE = "shapes-bagnet", "shapes-supervised"


def shuffled_patches() -> tuple[RobustnessCurve, RobustnessCurve]:
    """Return the accuracy of both networks on `shapes` whose tiles were shuffled."""
    return (
        robustness("shapes", OF_PATCHES, "patch-shuffle"),
        robustness("shapes", OF_THE_WHOLE, "patch-shuffle"),
    )
