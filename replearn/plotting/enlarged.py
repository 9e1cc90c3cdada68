"""Small pictures made large enough to look at."""

import numpy as np
import numpy.typing as npt
from PIL import Image

LEAST = 96  # pixels a side


def enlarged(small: npt.NDArray[np.uint8] | Image.Image, least: int = LEAST) -> Image.Image:
    """Return a picture at least so many pixels high, its pixels as squares."""
    image = small if isinstance(small, Image.Image) else Image.fromarray(small)
    factor = max(1, -(-least // max(1, min(image.size))))
    size = (image.width * factor, image.height * factor)
    return image.resize(size, Image.Resampling.NEAREST)
