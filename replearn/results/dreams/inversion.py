"""Pictures that a layer takes for another picture."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class Inversion:
    """Pictures that give nearly the same responses in a layer as another picture.

    Attributes:
        layer: its name.
        original: what the network saw.
        images: from different starting points.
        distances: for each, the squared distance of its responses over their squared length.
        apart: the mean difference of two of the pictures, in grey levels: what the layer leaves
            free.
        stamp: where it comes from.
    """

    layer: str
    original: Image.Image
    images: tuple[Image.Image, ...]
    distances: tuple[float, ...]
    apart: float
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON; without the pictures."""
        return {
            "layer": self.layer,
            "distances": list(self.distances),
            "apart": self.apart,
            "stamp": stamp_dict(self.stamp),
        }
