"""`python -m replearn evaluate geirhos`: a model's fall beside the published ResNet-50's."""

import sys

from replearn.core.pace import Pace
from replearn.studies.distortions.geirhos import geirhos


def print_geirhos(dataset: str, model: str = "imagenet") -> None:
    """Print each distortion's accuracy with its interval, the published one, and their ranks."""
    found = geirhos(dataset, model, progress=Pace(lambda line: print(line, file=sys.stderr), 10))
    for row in found.rows:
        print(f"{row.name:20} {row.accuracy}  published {row.published:.3f}  at {row.level}")
    print(
        f"Spearman rank correlation with the published ResNet-50: {found.rank_correlation:.2f} "
        f"over {len(found.rows)} conditions"
    )
    print(found.stamp)
