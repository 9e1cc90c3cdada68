"""Which kinds of pictures can be opened, told by how a file begins, whatever it is called."""

import io
from typing import IO

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
from replearn.data.picture.foreign import HEAD, brands, is_raw_tiff, is_svg, what_it_is
from replearn.data.picture.heif import open_heif
from replearn.data.picture.rgb import BOMB, CUT_OFF, DAMAGED
from replearn.data.picture.size import check_size, reduce_jpeg, too_large
from replearn.data.picture.svg import draw_svg

FORMATS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "PNG": (".png", ".apng"),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "AVIF": (".avif",),
    "HEIF": (".heic", ".heif", ".hif"),
    "SVG": (".svg",),
}
SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
READABLE = "a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF, HEIC or SVG picture"
_PILLOW = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_HEIF = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_AVIF = frozenset({b"avif", b"avis"})


def identify(file: IO[bytes], name: str) -> Image.Image:
    """Read a picture's header; a drawing is drawn.

    `Image.open` would do, but above its own limit it warns or raises without telling the size.

    Raises:
        InputError: the file is empty, damaged, or no picture; the message says what it is.
    """
    head = file.read(HEAD)
    if not head:
        raise InputError(f"{name} is empty; choose a file that holds a picture.")
    file.seek(0)
    kind = _kind(head)
    if kind == "SVG":
        return draw_svg(file, name, _measured)
    if kind == "HEIF":
        return open_heif(file, name)
    if kind is None or (kind == "TIFF" and is_raw_tiff(file)):
        what = what_it_is(head) if kind is None else "is a camera's RAW file; export it as JPEG"
        if what is None:
            raise InputError(f"{name} isn't a picture that can be opened; choose {READABLE}.")
        raise InputError(f"{name} {what}.")
    image = _opened(kind, file, name)
    if kind == "JPEG":
        reduce_jpeg(image)
    return image


def _kind(head: bytes) -> str | None:
    found = brands(head)
    if found and not found & _AVIF:
        return "HEIF" if found & _HEIF else None
    for kind in _PILLOW:
        accepts = Image.OPEN[kind][1]
        # some plugins answer with a text: they know the format, but aren't built in
        if accepts is None or accepts(head[:16]) is True:
            return kind
    return "SVG" if is_svg(head) else None


def _opened(kind: str, file: IO[bytes], name: str) -> Image.Image:
    factory = Image.OPEN[kind][0]
    file.seek(0)
    try:
        # without a file name nothing is mapped into memory behind our back
        image: Image.Image = factory(file, "")
    except BOMB as error:
        raise too_large(name) from error
    except DAMAGED as error:
        if kind == "TIFF" and "unknown" in str(error):
            raise InputError(
                f"{name} is a TIFF with numbers of an unusual kind ({error}); "
                "save it with 8 or 16 bits for each colour."
            ) from error
        raise InputError(f"{name} begins like a {kind} picture but {CUT_OFF}") from error
    return image


def _measured(content: bytes, name: str) -> None:
    """Refuse a picture inside a drawing that is no picture or too large."""
    file = io.BytesIO(content)
    kind = _kind(content[:HEAD])
    if kind is None or kind in {"SVG", "HEIF"}:
        raise InputError(f"{name} holds a picture that can't be read; save it as PNG.")
    check_size(_opened(kind, file, name).size, f"A picture inside {name}")
