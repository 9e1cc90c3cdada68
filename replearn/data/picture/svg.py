"""SVG drawings: drawn by resvg in a process of its own, which may neither read files nor stay."""

import base64
import binascii
import io
import re
from collections.abc import Callable
from typing import IO
from xml.etree import ElementTree

from PIL import Image

from replearn.core.errors import InputError
from replearn.data.picture.apart import ApartError, TooLongError, run_apart

SIDE = 1024  # pixels of the longer side
LARGEST = 5_000_000  # bytes
SECONDS = 8.0
ATTRIBUTES = 1000  # of one element: no program writes as many, and each is compared with all others
_SVG = "http://www.w3.org/2000/svg"
_RASTER = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,", re.I)
_NUMBER = re.compile(r"\s*((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(?:px|pt|mm|cm|in)?\s*$", re.I)

Measure = Callable[[bytes, str], None]
"""Refuses a picture inside a drawing, given its bytes and what to call it."""


def draw_svg(file: IO[bytes], name: str, measure: Measure) -> Image.Image:
    """Draw an SVG on white, `SIDE` pixels on its longer side.

    What it refers to outside itself is left out: no file and no address is read.

    Args:
        file: the drawing.
        name: what an error calls it.
        measure: refuses pictures inside it that are too large.

    Raises:
        InputError: it is too large, can't be read, or takes too long.
    """
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise InputError(
            f"{name} is a drawing of more than {LARGEST // 1_000_000} MB; export it as PNG."
        )
    root = _parsed(content, name)
    _close_off(root, name, measure)
    try:
        text = ElementTree.tostring(root, encoding="unicode")
    except RecursionError as error:
        raise InputError(f"{name} is an SVG that is nested too deep; export it as PNG.") from error
    option, side = _longer_side(root)
    try:
        png = run_apart("svg_process.py", [option, str(side)], text.encode(), SECONDS)
        return Image.open(io.BytesIO(png), formats=["PNG"])
    except TooLongError as error:
        raise InputError(f"{name} takes too long to draw; export it as PNG.") from error
    except (ApartError, OSError) as error:
        raise InputError(f"{name} is an SVG that can't be drawn; export it as PNG.") from error


def _parsed(content: bytes, name: str) -> ElementTree.Element:
    # entities can grow without end, and may name files
    if b"<!ENTITY" in content.replace(b"\0", b"").upper():  # in UTF-16 every other byte is zero
        raise InputError(f"{name} is an SVG with entities, which aren't read; export it as PNG.")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise InputError(
            f"{name} is an SVG that is cut off or damaged; save it again, or export it as PNG."
        ) from error
    if root.tag == "svg":  # written without its namespace: browsers don't mind
        root.set("xmlns", _SVG)
    return root


def _close_off(root: ElementTree.Element, name: str, measure: Measure) -> None:
    """Drop what leads out of the drawing, and check the pictures that lie inside it."""
    for element in root.iter():
        if len(element.attrib) > ATTRIBUTES:
            raise InputError(f"{name} is an SVG that can't be drawn; export it as PNG.")
        for key, value in list(element.items()):
            if key.rpartition("}")[2] != "href" or value.strip().startswith("#"):
                continue
            address = value.strip()
            if _RASTER.match(address):
                measure(_decoded(address, name), name)
            else:
                del element.attrib[key]


def _decoded(address: str, name: str) -> bytes:
    try:
        return base64.b64decode(address.partition(",")[2])
    except binascii.Error as error:
        raise InputError(f"{name} holds a picture that is damaged; save it again.") from error


def _longer_side(root: ElementTree.Element) -> tuple[str, int]:
    """Return which side is `SIDE` pixels long: the other follows."""
    sizes = [_NUMBER.match(root.get(key, "")) for key in ("width", "height")]
    width, height = (float(size[1]) if size else 0.0 for size in sizes)
    if not (width and height):
        parts = root.get("viewBox", "").replace(",", " ").split()
        try:
            width, height = map(float, parts[2:4])
        except ValueError:
            width = height = 1.0
    return ("width", SIDE) if width >= height else ("height", SIDE)
