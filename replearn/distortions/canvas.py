"""Pictures moved and shrunk on a canvas of mid-grey, by whole pixels."""

from collections.abc import Sequence

import numpy as np

from replearn.distortions.base import Values
from replearn.distortions.warp import MID_GREY


def shifted(values: Values, right: int, down: int = 0) -> Values:
    """Move (n, h, w, 3) by whole pixels; what opens is mid-grey. Negative goes left and up."""
    height, width = values.shape[1:3]
    found = np.full_like(values, MID_GREY)
    if abs(right) < width and abs(down) < height:
        to = (_span(down, height), _span(right, width))
        source = (_span(-down, height), _span(-right, width))
        found[:, to[0], to[1]] = values[:, source[0], source[1]]
    return found


def _span(by: int, length: int) -> slice:
    return slice(max(0, by), length + min(0, by))


def shrunk(values: Values, factor: float, place: Sequence[float]) -> Values:
    """Make (n, h, w, 3) smaller by averaging and lay it on a grey canvas of the same size.

    Args:
        values: pictures.
        factor: at most 1; the sides become a whole number of pixels, at least one.
        place: of the room left beside and above, which share lies at the left and at the top.
    """
    import cv2

    height, width = values.shape[1:3]
    small = (max(1, round(width * factor)), max(1, round(height * factor)))
    left, top = round((width - small[0]) * place[0]), round((height - small[1]) * place[1])
    found = np.full_like(values, MID_GREY)
    for canvas, one in zip(found, values, strict=True):
        canvas[top : top + small[1], left : left + small[0]] = cv2.resize(
            one, small, interpolation=cv2.INTER_AREA
        )
    return found
