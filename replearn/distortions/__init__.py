"""Distortions by name, imported on use."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from replearn.core.registry import resolve

if TYPE_CHECKING:
    from replearn.distortions.base import Distortion

DISTORTIONS = {
    "uniform-noise": "replearn.distortions.uniform_noise:UniformNoise",
    "low-pass": "replearn.distortions.low_pass:LowPass",
    "contrast": "replearn.distortions.contrast:Contrast",
    "rotation": "replearn.distortions.rotation:Rotation",
}


def load_distortion(name: str) -> "Distortion":
    """Make a distortion.

    Raises:
        InputError: there is no such distortion; the message lists the valid names.
    """
    make = cast("Callable[[], Distortion]", resolve("distortion", name, DISTORTIONS))
    return make()
