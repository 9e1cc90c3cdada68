"""Small pictures made large enough to look at, and units' maps over a picture."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.colour_maps import coloured
from replearn.plotting.enlarged import LEAST, enlarged


def map_over(picture: npt.NDArray[np.uint8], values: npt.NDArray[np.float32]) -> Image.Image:
    """Return a unit's map (rows, columns) over a picture, which shows where the unit is silent."""
    side = max(192, picture.shape[0])
    whole = np.asarray(Image.fromarray(picture).resize((side, side)), np.float32)
    share = values / max(float(np.abs(values).max()), 1e-12)
    small = Image.fromarray(share.astype(np.float32))
    large = small.resize((side, side), Image.Resampling.BILINEAR)
    colours, strength = coloured(np.asarray(large, np.float32), "viridis")
    weight = 0.65 * strength[..., None]
    mixed = (1 - weight) * whole + weight * colours
    return Image.fromarray(mixed.clip(0, 255).astype(np.uint8))


def sheet(groups: Sequence[npt.NDArray[np.uint8]], columns: int = 12) -> Image.Image:
    """Return groups of pictures (n, side, side, 3) on one sheet, a gap between the groups."""
    tile, gap = LEAST + 8, 24
    rows = [-(-len(some) // columns) for some in groups]
    found = Image.new("RGB", (columns * tile, sum(rows) * tile + gap * (len(rows) - 1)), "white")
    top = 0
    for some, count in zip(groups, rows, strict=True):
        for i, one in enumerate(some):
            place = (i % columns * tile, top + i // columns * tile)
            found.paste(enlarged(one).resize((LEAST, LEAST), Image.Resampling.NEAREST), place)
        top += count * tile + gap
    return found
