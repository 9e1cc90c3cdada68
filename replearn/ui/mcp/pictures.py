"""Pictures that a client names or sends, and pictures that it gets."""

import base64
import binascii
import io
import os
from pathlib import Path

from PIL import Image

from replearn.core.errors import InputError
from replearn.data.folders.access import refuse_closed, refuse_uploads
from replearn.data.images import is_address
from replearn.data.photos import Photos

DATA = "data:"
LARGEST = 20 << 20  # bytes of a picture, as by upload


def told_picture(told: str) -> str | bytes:
    """Return the path or the bytes of a picture.

    Args:
        told: an example's name, `data:image/...;base64,...`, or the path of a file on this
            computer, which must lie below `--folders` where others reach the page.

    Raises:
        InputError: it is none of them, or the file isn't open to the page.
    """
    if told.startswith(DATA):
        return _sent(told)
    if is_address(told):
        raise InputError(
            "Nothing is fetched from an address; send the picture as data:image/...;base64,..."
        )
    photos = Photos()
    if told in photos.ids:
        return str(photos.path(photos.index(told)))
    path = Path(told).expanduser()
    real = os.path.realpath(path)
    refuse_closed(told, real)
    refuse_uploads(told, real)
    if not path.is_file():
        raise InputError(
            f"There is no picture {told!r}; name an example ({', '.join(photos.ids)}), give a "
            "file's path, or send data:image/...;base64,..."
        )
    return real


def png(image: Image.Image) -> str:
    """Return a picture as base64 of a PNG."""
    written = io.BytesIO()
    image.save(written, "PNG")
    return base64.b64encode(written.getvalue()).decode("ascii")


def _sent(told: str) -> bytes:
    head, comma, packed = told.partition(",")
    if not comma or not head.endswith(";base64"):
        raise InputError("A picture is sent as data:image/...;base64,...")
    if len(packed) > LARGEST * 4 // 3:
        raise InputError(f"The picture is larger than {LARGEST >> 20} MB; make it smaller.")
    try:
        return base64.b64decode(packed, validate=True)
    except binascii.Error as error:
        raise InputError("The picture's base64 is damaged; send it again, whole.") from error
