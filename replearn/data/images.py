"""Open any picture as upright RGB, and refuse politely what isn't one."""

import base64
import io
import struct
import zlib
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

# each plugin adds its format to Image.OPEN when it is imported
from PIL import (  # noqa: F401
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from replearn.core.errors import InputError

MAX_PIXELS = 50_000_000
FORMATS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "PNG": (".png", ".apng"),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "AVIF": (".avif",),
}
SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)

_READABLE = "a JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF picture"
_CUT_OFF = "is cut off or damaged; save or download it again."
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
_DAMAGED = (
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


def open_image(source: Image.Image | str | Path, name: str | None = None) -> Image.Image:
    """Return a picture as upright RGB on white, the first frame of an animated one.

    Args:
        source: a picture that is already open (it isn't changed), or the path of a file.
        name: what an error calls the picture; the file's name when left out.

    Raises:
        InputError: the path leads to no file, the file isn't a picture or is damaged, or the
            picture has more than `MAX_PIXELS` pixels (found from its header, before decoding).
    """
    if isinstance(source, Image.Image):
        return _upright_rgb(source, name or "The picture")
    path = Path(source)
    name = name or path.name or str(source)
    try:
        if path.is_dir():
            raise InputError(f"{name} is a folder; choose a picture inside it.")
        if not path.is_file():
            raise InputError(f"There is no file called {source}; check the path.")
        with path.open("rb") as file:
            return _upright_rgb(_identify(file, name), name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{name} can't be read ({reason}); choose another file.") from error


def thumbnail(image: Image.Image, size: int) -> Image.Image:
    """Return the centre of an RGB picture as a square of `size` pixels, as the models see it."""
    side = min(image.size)
    left, top = (image.width - side) / 2, (image.height - side) / 2
    box = (left, top, left + side, top + side)
    # a large picture is first averaged by a whole number, which takes a third of the time
    return image.resize((size, size), Image.Resampling.LANCZOS, box, reducing_gap=1.5)


def to_data_uri(image: Image.Image, quality: int = 85) -> str:
    """Return an RGB picture as a `data:image/jpeg;base64,...` address."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _identify(file: IO[bytes], name: str) -> Image.Image:
    """Read a picture's header.

    `Image.open` would do, but above its own limit it warns or raises without telling the size.
    """
    prefix = file.read(16)
    if not prefix:
        raise InputError(f"{name} is empty; choose a file that holds a picture.")
    for kind in FORMATS:
        factory, accepts = Image.OPEN[kind]
        # some plugins answer with a text: they know the format, but aren't built in
        if accepts is not None and accepts(prefix) is not True:
            continue
        file.seek(0)
        try:
            # without a file name nothing is mapped into memory behind our back
            image: Image.Image = factory(file, "")
        except _DAMAGED as error:
            raise InputError(f"{name} begins like a {kind} picture but {_CUT_OFF}") from error
        return image
    raise InputError(f"{name} isn't a picture that can be opened; choose {_READABLE}.")


def _upright_rgb(image: Image.Image, name: str) -> Image.Image:
    _check_size(image.size, name)
    try:
        image.load()
        turn = _UPRIGHT.get(_orientation(image))
        rgb = _rgb(image)
    except _DAMAGED as error:
        raise InputError(f"{name} {_CUT_OFF}") from error
    # what is left of the file's notes would turn the picture a second time
    rgb.info.clear()
    return rgb if turn is None else rgb.transpose(turn)


def _check_size(size: tuple[int, int], name: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{name} is {width:,} x {height:,} pixels ({width * height / 1e6:,.0f} million); "
            f"make it smaller, at most {MAX_PIXELS / 1e6:.0f} million pixels."
        )
    if width * height == 0:
        raise InputError(f"{name} has no pixels ({width} x {height}); choose another picture.")


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation; a damaged EXIF block counts as upright."""
    try:
        found: object = image.getexif().get(_ORIENTATION_TAG, 1)
    except _DAMAGED:
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
