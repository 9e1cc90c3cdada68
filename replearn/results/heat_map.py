"""A heat map: raw values, what they are about, and how they lie over the picture."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.colour_maps import coloured
from replearn.results.stamp import Stamp

Floats = npt.NDArray[np.float32]


def resized(values: npt.NDArray[np.floating], height: int, width: int) -> Floats:
    """Return a map (h, w) at another size: bilinear, averaged where it shrinks."""
    picture = Image.fromarray(values.astype(np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR), np.float32)


@dataclass(frozen=True, eq=False)
class HeatMap:
    """Which parts of one picture a score depends on.

    Attributes:
        values: (h, w) raw, at the method's own resolution; nan where nothing is known yet.
        picture: (side, side, 3) what the network saw.
        score: the number that is explained.
        target: what it is, in words.
        method: an entry of `EXPLAINERS`.
        layer: whose maps were weighed; "pixels" where there is no such layer.
        signed: whether negative values mean something.
        contrast: whether the score is a difference of two.
        stamp: where it comes from.
    """

    values: Floats
    picture: npt.NDArray[np.uint8]
    score: float
    target: str
    method: str
    layer: str
    signed: bool
    contrast: bool
    stamp: Stamp

    @property
    def fingerprint(self) -> str:
        """The model's fingerprint."""
        return self.stamp.fingerprint

    @property
    def full(self) -> Floats:
        """The raw values at the picture's own size (bilinear), (side, side)."""
        height, width = self.picture.shape[:2]
        return resized(np.nan_to_num(self.values), height, width)

    def value_at(self, row: int, column: int) -> float:
        """Return the raw value under a pixel of the picture."""
        return float(self.full[row, column])

    @property
    def usual_colours(self) -> str:
        """The colour map that suits it: a two-sided one for a difference."""
        return "blue to orange" if self.signed and self.contrast else "viridis"

    def overlay(
        self, opacity: float = 0.6, colours: str = "", threshold: float = 0.0
    ) -> Image.Image:
        """Draw the map over the picture, scaled to its own largest magnitude.

        Args:
            opacity: of the colours, from 0 (the picture alone) to 1 (the map alone).
            colours: an entry of `COLOUR_MAPS`; a two-sided one shows negative values too; empty
                takes the usual one.
            threshold: shares of the largest magnitude below it show the picture alone.
        """
        values = self.full
        peak = float(np.abs(values).max()) or 1.0
        share = values / peak  # -1 to 1
        drawn, strength = coloured(share, colours or self.usual_colours)
        shown = np.where(strength >= threshold, opacity, 0.0)[..., None]
        mixed = (1 - shown) * self.picture + shown * drawn
        return Image.fromarray(mixed.round().clip(0, 255).astype(np.uint8))
