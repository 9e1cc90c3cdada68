"""What people and networks reached under the same distortions, on other pictures."""

import math

from replearn.data.published import fine_tuning_matrix
from replearn.distortions import load_distortion
from replearn.results.distortions import PublishedPoint

# distortion -> the row of the published table, and the level it was measured at
MEASURED_AT = {
    "greyscale": ("greyscale", 1.0),
    "contrast": ("contrast_5pct", 0.05),
    "low-pass": ("low_pass_std7", 7.0),
    "high-pass": ("high_pass_std0.7", 0.7),
    "phase-noise": ("phase_noise_90deg", 90.0),
    "rotation": ("rotation_90deg", 90.0),
    "salt-and-pepper": ("salt_and_pepper_0.2", 0.2),
    "uniform-noise": ("uniform_noise_0.35", 0.35),
}
# what the paper's pictures were before; greyscale itself starts from colour
ON = {"greyscale": "", "uniform-noise": "greyscale pictures at 30 % contrast"}
GREY = "greyscale pictures"
OBSERVERS = {"human": "human observers", "A1": "ResNet-50"}  # A1: trained on colour pictures


def published_points(distortion: str) -> tuple[PublishedPoint, ...]:
    """Return the figures of Geirhos et al. 2018: untouched, and at the level that they measured."""
    if distortion not in MEASURED_AT:
        return ()
    table = fine_tuning_matrix()
    row, level = MEASURED_AT[distortion]
    before = ON.get(distortion, GREY)
    rows = (("colour", load_distortion(distortion).identity_level, ""), (row, level, before))
    return tuple(
        PublishedPoint(name, at, table[measured][column], on)
        for column, name in OBSERVERS.items()
        for measured, at, on in rows
        if not math.isnan(table[measured][column])
    )
