"""How large a picture may be, and how a large JPEG is reduced while it is decoded."""

import math

from PIL import Image

from replearn.core.errors import InputError

MAX_PIXELS = 50_000_000
# a JPEG is reduced by 2, 4 or 8 while it is decoded, so that only the small picture is in memory;
# a progressive one keeps all of its coefficients there
MOST_REDUCED = 500_000_000
MOST_PROGRESSIVE = 150_000_000
_FACTORS = (2, 4, 8)


def check_size(size: tuple[int, int], name: str) -> None:
    """Refuse a picture with too many pixels, or none.

    Raises:
        InputError: it has more than `MAX_PIXELS`, or none.
    """
    width, height = size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{name} is {width:,} x {height:,} pixels ({width * height / 1e6:,.0f} million); "
            f"make it smaller, at most {MAX_PIXELS / 1e6:.0f} million pixels."
        )
    if width * height == 0:
        raise InputError(f"{name} has no pixels ({width} x {height}); choose another picture.")


def too_large(name: str) -> InputError:
    """Return the refusal of a picture whose decoder found it too large, and doesn't say how large.

    Args:
        name: of the picture.
    """
    return InputError(
        f"{name} is too large; make it smaller, at most {MAX_PIXELS / 1e6:.0f} million pixels."
    )


def reduce_jpeg(image: Image.Image) -> None:
    """Have a JPEG that isn't decoded yet come out smaller, if it is too large as it is."""
    pixels = image.width * image.height
    most = MOST_PROGRESSIVE if image.info.get("progressive") else MOST_REDUCED
    if not MAX_PIXELS < pixels <= most:
        return
    factor = next((f for f in _FACTORS if pixels <= MAX_PIXELS * f * f), _FACTORS[-1])
    size = (math.ceil(image.width / factor), math.ceil(image.height / factor))
    image.draft(None, size)
