"""HEIC photographs, decoded by libheif in a process of its own: damaged ones can crash it."""

import importlib.util
from typing import IO

from PIL import Image

from replearn.core.errors import InputError
from replearn.data.picture import size
from replearn.data.picture.apart import ApartError, run_apart
from replearn.data.picture.rgb import CUT_OFF

SECONDS = 60.0
LARGEST = 200_000_000  # bytes


def open_heif(file: IO[bytes], name: str) -> Image.Image:
    """Return the upright picture of a HEIC file.

    Args:
        file: the photograph.
        name: what an error calls it.

    Raises:
        InputError: pi-heif isn't installed, or the file is damaged or too large.
    """
    if importlib.util.find_spec("pi_heif") is None:
        raise InputError(
            f"{name} is a HEIC photograph, which needs the package pi-heif; run pip install "
            "pi-heif, or export the photograph as JPEG."
        )
    content = file.read(LARGEST)
    try:
        found = run_apart("heif_process.py", [str(size.MAX_PIXELS)], content, SECONDS)
    except ApartError as error:
        raise InputError(f"{name} begins like a HEIC photograph but {CUT_OFF}") from error
    head, _, pixels = found.partition(b"\n")
    mode, width, height = head.decode().split()
    sides = (int(width), int(height))
    size.check_size(sides, name)
    return Image.frombytes(mode, sides, pixels)
