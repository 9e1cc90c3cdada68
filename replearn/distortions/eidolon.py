"""Eidolon-like scrambling (Koenderink et al. 2017): pixels wander, neighbours wander together."""

from collections.abc import Sequence

import numpy as np

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values

GRAIN = 10.0  # pixels over which the wandering changes, as in Geirhos et al. 2018


class Eidolon(Distortion):
    """Each pixel looks up a place that is `level` pixels away, as the root mean square per axis.

    The displacement is Gaussian noise blurred by `GRAIN` pixels, the same at every scale of the
    picture: the paper's coherent disarray, coherence 1. Beyond the edge the picture is mirrored.
    """

    name = "eidolon"
    unit = "reach in pixels"
    levels = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
    highest = 128.0
    paper = "https://doi.org/10.1167/17.2.7"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Displace."""
        import cv2

        height, width = values.shape[1:3]
        y, x = np.mgrid[:height, :width].astype(np.float32)
        found = np.empty_like(values)
        for moved, one, seed in zip(found, values, seeds, strict=True):
            away = level * self._field(height, width, seed)
            cv2.remap(
                one,
                x + away[..., 0],
                y + away[..., 1],
                cv2.INTER_LINEAR,
                dst=moved,
                borderMode=cv2.BORDER_REFLECT_101,
            )
        return found

    def _field(self, height: int, width: int, seed: int) -> Values:
        """Return (h, w, 2) smooth noise with a root mean square of 1."""
        import cv2

        draws = generator(seed, self.name).standard_normal((height, width, 2), np.float32)
        smooth = cv2.GaussianBlur(draws, (0, 0), GRAIN, borderType=cv2.BORDER_REFLECT_101)
        return np.asarray(smooth / np.sqrt(np.square(smooth).mean((0, 1))), np.float32)
