"""From a picture in any mode to upright RGB on white."""

import struct
import zlib

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import InputError
from replearn.data.picture.size import check_size, too_large

CUT_OFF = "is cut off or damaged; save or download it again."
_ORIENTATION_TAG = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# a damaged file makes a decoder fail in any of these ways; warnings where they count as errors
DAMAGED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
    zlib.error,
)
# some decoders, GIF's for one, measure by Pillow's own limit before they tell the size
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def upright_rgb(image: Image.Image, name: str) -> Image.Image:
    """Return a fresh, upright RGB copy of an open picture, transparent parts on white.

    Raises:
        InputError: it is too large, has no pixels, or can't be decoded.
    """
    check_size(image.size, name)
    try:
        image.load()
        turn = _UPRIGHT.get(_orientation(image))
        rgb = _rgb(image)
    except BOMB as error:
        raise too_large(name) from error
    except DAMAGED as error:
        raise InputError(f"{name} {CUT_OFF}") from error
    # what is left of the file's notes would turn the picture a second time
    rgb.info.clear()
    return rgb if turn is None else rgb.transpose(turn)


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation; a damaged EXIF block counts as upright."""
    try:
        found: object = image.getexif().get(_ORIENTATION_TAG, 1)
    except DAMAGED:
        return 1
    return found if isinstance(found, int) else 1


def _rgb(image: Image.Image) -> Image.Image:
    """Return a fresh RGB copy of a picture in any mode."""
    if image.mode.startswith("I;16"):
        # 65,535 / 255 = 257: white stays white
        levels = (np.asarray(image).astype(np.uint32) + 128) // 257
        return Image.fromarray(levels.astype(np.uint8)).convert("RGB")
    if image.mode in {"I", "F"}:
        return Image.fromarray(_to_bytes(np.asarray(image, dtype=np.float64))).convert("RGB")
    if image.has_transparency_data:
        plain = image.convert("LA") if image.mode == "La" else image  # La goes to LA only
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, plain.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _to_bytes(values: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Scale numbers without a fixed white to 0...255.

    White is the smallest of 1, 255 and 65,535 that nothing exceeds; numbers outside all of these
    are stretched between their extremes. What isn't finite becomes black.
    """
    finite = np.isfinite(values)
    values = np.where(finite, values, values[finite].min() if finite.any() else 0.0)
    low, high = 0.0, float(values.max())
    if values.min() < 0 or high > 65_535:
        low = float(values.min())
    else:
        high = next(white for white in (1.0, 255.0, 65_535.0) if high <= white)
    scaled = (values - low) / (high - low or 1.0) * 255
    return np.rint(scaled).astype(np.uint8)
