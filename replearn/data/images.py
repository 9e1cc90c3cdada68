"""Open any picture as upright RGB, and refuse politely what isn't one."""

import base64
import io
import re
from pathlib import Path

from PIL import Image

from replearn.core.errors import InputError
from replearn.data.picture.arrays import PictureArray, from_array
from replearn.data.picture.formats import FORMATS, SUFFIXES, identify
from replearn.data.picture.rgb import upright_rgb
from replearn.data.picture.size import MAX_PIXELS

__all__ = ["FORMATS", "MAX_PIXELS", "SUFFIXES", "Picture", "open_image", "thumbnail"]

Picture = Image.Image | str | Path | bytes | PictureArray
"""A picture that is open, the path of a file, a file's bytes, or an array or tensor."""

_ADDRESS = re.compile(r"(https?|ftp|file|s3|gs|hf)://?|data:|www\.", re.I)


def open_image(source: Picture, name: str | None = None) -> Image.Image:
    """Return a picture as upright RGB on white, the first frame of an animated one.

    Args:
        source: a picture that is already open (it isn't changed), the path of a file, the bytes
            of one, or an array (height x width x 3, from 0 to 255 or as floats from 0 to 1; a
            tensor of torch 3 x height x width).
        name: what an error calls the picture; the file's name when left out.

    Raises:
        InputError: the path leads to no file, the file isn't a picture or is damaged, or the
            picture has more than `MAX_PIXELS` pixels (found from its header, before decoding; a
            large JPEG is reduced while it is decoded).
    """
    if isinstance(source, Image.Image):
        return upright_rgb(source, name or "The picture")
    if isinstance(source, bytes | bytearray):
        name = name or "The picture"
        return upright_rgb(identify(io.BytesIO(source), name), name)
    if isinstance(source, str | Path):
        return _from_path(source, name)
    if isinstance(source, PictureArray):
        name = name or "The picture"
        return upright_rgb(from_array(source, name), name)
    raise InputError(
        f"A {type(source).__name__} isn't a picture; give the path of a file, a PIL picture, or an "
        "array of height x width x 3."
    )


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


def is_address(text: str) -> bool:
    """Say whether a text is an address of the web, and no path."""
    return _ADDRESS.match(text.strip()) is not None


def refuse_address(text: str, what: str) -> None:
    """Refuse an address of the web where a path is wanted.

    Args:
        text: what was given.
        what: is wanted, e.g. "picture".

    Raises:
        InputError: it is an address.
    """
    if is_address(text):
        short = text if len(text) <= 80 else f"{text[:77]}..."
        raise InputError(f"{short} is an address; download the {what} first, and give its path.")


def _from_path(source: str | Path, name: str | None) -> Image.Image:
    refuse_address(str(source), "picture")
    if not str(source).strip():
        raise InputError("No picture is named; give the path of a file.")
    path = Path(source)
    called = name or path.name or str(source)
    try:
        if path.is_dir():
            raise InputError(f"{called} is a folder; choose a picture inside it.")
        if not path.is_file():
            raise InputError(_missing(path, name or str(source)))
        with path.open("rb") as file:
            return upright_rgb(identify(file, called), called)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{called} can't be read ({reason}); choose another file.") from error


def _missing(path: Path, called: str) -> str:
    if path.is_symlink():
        return f"{called} is a link to a file that isn't there any more; choose the file itself."
    if path.exists():
        return f"{called} is no ordinary file; choose a file that holds a picture."
    return f"There is no file called {called}; check the path."
