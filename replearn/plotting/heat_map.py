"""Heat maps as pictures: an even colour map over the picture."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.results import HeatMap

# Viridis at nine even steps (van der Walt and Smith 2015): perceptually even, reads in grey print.
_VIRIDIS = np.array(
    [
        (68, 1, 84),
        (71, 44, 122),
        (59, 81, 139),
        (44, 113, 142),
        (33, 144, 141),
        (39, 173, 129),
        (92, 200, 99),
        (170, 220, 50),
        (253, 231, 37),
    ],
    np.float32,
)


def enlarged(heat_map: HeatMap) -> npt.NDArray[np.float32]:
    """Return the raw values resized (bilinear) to the picture's own size, (side, side)."""
    height, width = heat_map.picture.shape[:2]
    values = Image.fromarray(heat_map.values.astype(np.float32), mode=None)
    return np.asarray(values.resize((width, height), Image.Resampling.BILINEAR), np.float32)


def overlay(heat_map: HeatMap, opacity: float) -> Image.Image:
    """Draw positive values over the picture, scaled to the map's own largest value.

    Args:
        heat_map: the raw map.
        opacity: of the colours, from 0 (the picture alone) to 1 (the map alone).
    """
    values = np.maximum(enlarged(heat_map), 0)
    peak = float(values.max())
    share = np.asarray(values / peak if peak > 0 else values, np.float32)
    colours = viridis(share)  # (h, w, 3)
    mixed = (1 - opacity) * heat_map.picture + opacity * colours
    return Image.fromarray(mixed.round().clip(0, 255).astype(np.uint8))


def viridis(share: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Map values from 0 to 1 to RGB from 0 to 255; adds a last axis of 3."""
    position = np.clip(share, 0, 1) * (len(_VIRIDIS) - 1)
    lower = np.minimum(position.astype(int), len(_VIRIDIS) - 2)
    part = (position - lower)[..., None]
    mixed = (1 - part) * _VIRIDIS[lower] + part * _VIRIDIS[lower + 1]
    return np.asarray(mixed, np.float32)
