"""The nine manipulations of the fine-tuning matrix (Geirhos et al. 2018, figure 4).

All but the first work on greyscale pictures, as in the paper. Levels are meant for pictures of 48
pixels, and two differ for it: the blur is 7 pixels of the paper's 224, and uniform noise comes at
full contrast where the paper has 30 %, for a small picture has fewer pixels to average it over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from replearn.distortions import load_distortion
from replearn.distortions.base import Values


@dataclass(frozen=True)
class Manipulation:
    """Distortions one after the other.

    Attributes:
        name: as the published table has it.
        title: as a reader wants it.
        steps: (distortion, level), in order.
        random: whether another seed gives another picture.
    """

    name: str
    title: str
    steps: tuple[tuple[str, float], ...]
    random: bool = False

    def apply_values(self, values: Values, seeds: Sequence[int]) -> Values:
        """Return (n, h, w, 3) manipulated pictures."""
        for name, level in self.steps:
            values = load_distortion(name).apply_values(values, level, seeds)
        return values


GREY = ("greyscale", 1.0)
MANIPULATIONS = (
    Manipulation("colour", "colour", ()),
    Manipulation("greyscale", "greyscale", (GREY,)),
    Manipulation("contrast_5pct", "contrast 5 %", (GREY, ("contrast", 0.05))),
    Manipulation("low_pass_std7", "low-pass, 7 px of 224", (GREY, ("low-pass", 1.5))),
    Manipulation("high_pass_std0.7", "high-pass, 0.7 px", (GREY, ("high-pass", 0.7))),
    Manipulation("phase_noise_90deg", "phase noise, 90°", (GREY, ("phase-noise", 90.0)), True),
    Manipulation("rotation_90deg", "rotation, 90°", (GREY, ("rotation", 90.0))),
    Manipulation(
        "salt_and_pepper_0.2", "salt and pepper, 0.2", (GREY, ("salt-and-pepper", 0.2)), True
    ),
    Manipulation(
        "uniform_noise_0.35", "uniform noise, 0.35", (GREY, ("uniform-noise", 0.35)), True
    ),
)
