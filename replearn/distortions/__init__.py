"""Distortions by name, imported on use."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from replearn.core.registry import resolve

if TYPE_CHECKING:
    from replearn.distortions.base import Distortion

DISTORTIONS = {
    "greyscale": "replearn.distortions.greyscale:Greyscale",
    "contrast": "replearn.distortions.contrast:Contrast",
    "low-pass": "replearn.distortions.low_pass:LowPass",
    "high-pass": "replearn.distortions.high_pass:HighPass",
    "phase-noise": "replearn.distortions.phase_noise:PhaseNoise",
    "rotation": "replearn.distortions.rotation:Rotation",
    "salt-and-pepper": "replearn.distortions.salt_and_pepper:SaltAndPepper",
    "uniform-noise": "replearn.distortions.uniform_noise:UniformNoise",
    "false-colour": "replearn.distortions.false_colour:FalseColour",
    "eidolon": "replearn.distortions.eidolon:Eidolon",
    "translation": "replearn.distortions.translation:Translation",
    "translation-wrap": "replearn.distortions.translation_wrap:TranslationWrap",
    "translation-canvas": "replearn.distortions.translation_canvas:TranslationCanvas",
    "scale": "replearn.distortions.scale:Scale",
    "perspective": "replearn.distortions.perspective:Perspective",
    "brightness": "replearn.distortions.brightness:Brightness",
    "gamma": "replearn.distortions.gamma:Gamma",
    "coloured-light": "replearn.distortions.coloured_light:ColouredLight",
    "directional-shadow": "replearn.distortions.directional_shadow:DirectionalShadow",
    "grey-patch": "replearn.distortions.grey_patch:GreyPatch",
    "jpeg": "replearn.distortions.jpeg:Jpeg",
    "blur": "replearn.distortions.blur:Blur",
    "pixelate": "replearn.distortions.pixelate:Pixelate",
    "patch-shuffle": "replearn.distortions.patch_shuffle:PatchShuffle",
    "colour-jitter": "replearn.distortions.colour_jitter:ColourJitter",
}
IMAGENET_C = "imagenet-c:"  # then a corruption's name; see distortions/imagenet_c.py


def load_distortion(name: str) -> "Distortion":
    """Make a distortion.

    Raises:
        InputError: there is no such distortion; the message lists the valid names.
    """
    if name.startswith(IMAGENET_C):
        from replearn.distortions.imagenet_c import ImagenetC

        return ImagenetC(name.removeprefix(IMAGENET_C))
    make = cast("Callable[[], Distortion]", resolve("distortion", name, DISTORTIONS))
    return make()
