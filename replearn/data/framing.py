"""Which square of a picture a model gets to see: one that a person chose, or all of it."""

import math
from pathlib import Path

from PIL import Image

from replearn.core.errors import InputError
from replearn.data.images import open_image

GREY = (128, 128, 128)
SMALLEST = 0.02  # share of the shorter side
Square = tuple[float, float, float]


def framed(
    image: Image.Image | str | Path, square: Square | None = None, visible: float = 1.0
) -> Image.Image:
    """Return a square picture of which a model's centre crop shows what is wanted, and no more.

    Args:
        image: a picture or the path of one.
        square: (left, top, side): the left edge as a share of the width, the top edge as a share
            of the height, the side as a share of the shorter side. None takes the whole picture,
            with grey margins.
        visible: the share of the shorter side that the model's centre crop keeps (224 / 256 for
            `imagenet`, 1 for most others); around what is wanted there is room for the rest.

    Raises:
        InputError: the picture can't be opened, or the square doesn't lie in the picture.
    """
    picture = open_image(image)
    width, height = picture.size
    if square is None:
        side = float(max(width, height))
        left, top = (width - side) / 2, (height - side) / 2
    else:
        left, top, side = _checked(square, width, height)
    room = side / visible
    out = max(1, math.ceil(room))
    first = (round(left + side / 2 - room / 2), round(top + side / 2 - room / 2))
    canvas = Image.new("RGB", (out, out), GREY)
    # pasting cuts by itself what lies outside of the canvas
    canvas.paste(picture, (-first[0], -first[1]))
    return canvas


def _checked(square: Square, width: int, height: int) -> tuple[float, float, float]:
    """Return a square in pixels, moved by the last digits into the picture."""
    left, top, share = (float(value) for value in square)
    shorter = min(width, height)
    if not (SMALLEST <= share <= 1 + 1e-3):
        raise InputError(f"The square's side is {share:g}; it must be from {SMALLEST:g} to 1.")
    side = min(share, 1.0) * shorter
    slack = 1 + 1e-3 * max(width, height)
    inside = -slack <= left * width <= width - side + slack
    if not (inside and -slack <= top * height <= height - side + slack):
        raise InputError("The square doesn't lie in the picture; move it inside.")
    return (
        min(max(left * width, 0.0), width - side),
        min(max(top * height, 0.0), height - side),
        side,
    )
