"""Colour jitter as SimCLR's augmentation draws it (Chen et al. 2020)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values

LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # ITU-R BT.601, as torchvision has it


@dataclass(frozen=True)
class Jitter:
    """One draw: three factors about 1, and a turn of the hue as a share of the circle."""

    brightness: float
    contrast: float
    saturation: float
    hue: float


class ColourJitter(Distortion):
    """Brightness, contrast and saturation by a factor of 1 ± 0.8 level, hue by ± 0.2 level.

    In this order, each cut to 0 to 1 before the next; the seed draws all four.
    """

    name = "colour-jitter"
    unit = "strength of SimCLR's jitter"
    levels = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.85, 1.0)
    highest = 1.0
    paper = "https://arxiv.org/abs/2002.05709"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Jitter."""
        found = np.empty_like(values)
        for jittered, one, seed in zip(found, values, seeds, strict=True):
            drawn = self.draw(level, seed)
            lit = np.minimum(one * drawn.brightness, 1)
            hard = _mixed(lit, (lit @ LUMA).mean(), drawn.contrast)
            vivid = _mixed(hard, (hard @ LUMA)[..., None], drawn.saturation)
            jittered[:] = _hue_turned(vivid, drawn.hue)
        return found

    def draw(self, level: float, seed: int) -> Jitter:
        """Return what a seed draws at a level."""
        light, contrast, colour, hue = level * (2 * generator(seed, self.name).random(4) - 1)
        return Jitter(1 + 0.8 * light, 1 + 0.8 * contrast, 1 + 0.8 * colour, 0.2 * hue)


def _mixed(values: Values, grey: Values | np.floating[npt.NBitBase], factor: float) -> Values:
    mixed = factor * values + np.float32(1 - factor) * grey
    return np.asarray(np.clip(mixed, 0, 1), np.float32)


def _hue_turned(values: Values, turn: float) -> Values:
    import cv2

    hsv = cv2.cvtColor(values, cv2.COLOR_RGB2HSV)  # hue in degrees
    hsv[..., 0] = (hsv[..., 0] + np.float32(360 * turn)) % 360
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.float32)
