"""ImageNet-C's nineteen corruptions (Hendrycks and Dietterich 2019), by a kept library.

`pip install --no-deps imagecorruptions-imaug` adds them as `imagenet-c:fog` and so on; without
`--no-deps` it would put another build of OpenCV in the place of the one that is used here.
"""

import importlib.util
import warnings
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.core.seeds import seed_for
from replearn.distortions import IMAGENET_C
from replearn.distortions.base import Distortion, Values

NAMES = (
    "gaussian_noise",
    "shot_noise",
    "impulse_noise",
    "defocus_blur",
    "glass_blur",
    "motion_blur",
    "zoom_blur",
    "snow",
    "frost",
    "fog",
    "brightness",
    "contrast",
    "elastic_transform",
    "pixelate",
    "jpeg_compression",
    "speckle_noise",
    "gaussian_blur",
    "spatter",
    "saturate",
)
LEAST = 32  # pixels a side, which the library asks for
IMPULSES = (0.03, 0.06, 0.09, 0.17, 0.27)  # share of the values, by severity
_lock = Lock()  # the library draws from numpy's one generator


def imagenet_c_names() -> tuple[str, ...]:
    """Return the corruptions' names where the library is installed; else nothing."""
    if importlib.util.find_spec("imagecorruptions") is None:
        return ()
    return tuple(f"{IMAGENET_C}{name}" for name in NAMES)


class ImagenetC(Distortion):
    """One of the nineteen, by severity.

    Args:
        name: after the prefix, e.g. "fog".

    Raises:
        InputError: the library isn't installed, or has no such corruption.
    """

    unit = "severity, a whole number"
    levels = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
    highest = 5.0
    paper = "https://arxiv.org/abs/1903.12261"

    def __init__(self, name: str) -> None:
        if not imagenet_c_names():
            raise InputError(
                "ImageNet-C's corruptions aren't installed; run pip install --no-deps "
                "imagecorruptions-imaug."
            )
        if name not in NAMES:
            raise InputError(
                f"ImageNet-C has no corruption {name!r}; it has {', '.join(NAMES)}."
                f"{nearest(name, NAMES)}"
            )
        self.name = f"{IMAGENET_C}{name}"  # type: ignore[misc]
        self._corruption = name

    def check(self, level: float) -> None:
        """Accept whole numbers from 0 to 5."""
        super().check(level)
        if level != round(level):
            raise InputError(f"The severity of {self.name} is {level:g}; give 0, 1, 2, 3, 4 or 5.")

    def level_at(self, position: float) -> float:
        """Return the nearest severity."""
        return float(round(super().level_at(position)))

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Corrupt each picture.

        Raises:
            InputError: the pictures are too small for the library.
        """
        if min(values.shape[1:3]) < LEAST:
            raise InputError(f"{self.name} wants pictures of at least {LEAST} pixels a side.")
        pictures = (values * 255 + 0.5).astype(np.uint8)
        found = [
            self._corrupted(picture, int(level), seed_for(seed, self.name) % 2**32)
            for picture, seed in zip(pictures, seeds, strict=True)
        ]
        return np.asarray(np.stack(found) / np.float32(255), np.float32)

    def _corrupted(
        self, picture: npt.NDArray[np.uint8], severity: int, seed: int
    ) -> npt.NDArray[np.uint8]:
        if self._corruption == "impulse_noise":  # the library's own can't be given a seed
            from skimage.util import random_noise

            noisy = random_noise(picture, "s&p", amount=IMPULSES[severity - 1], rng=seed)
            return np.asarray(noisy * 255, np.uint8)
        settings = {"seed": seed} if self._corruption == "glass_blur" else {}
        with _lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            state = np.random.get_state()
            try:
                np.random.seed(seed)
                found: npt.NDArray[np.uint8] = _library().corrupt(
                    picture, severity, self._corruption, **settings
                )
            finally:
                np.random.set_state(state)
        return found


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import imagecorruptions

    return imagecorruptions
