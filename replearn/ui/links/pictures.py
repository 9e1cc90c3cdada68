"""The subject's picture in a link: an example by name, an upload by what Gradio named it after.

An upload lies in a folder that is named by the hash of its content, so that whoever can name it has
the picture, or was given the link.
"""

import re
from pathlib import Path

from replearn.core.errors import InputError
from replearn.data.photos import Photos
from replearn.ui.frame.examples import example
from replearn.ui.frame.serving.handed_over import served_folder

EXAMPLE, UPLOAD = "example:", "upload:"
_UPLOADED = re.compile(r"[0-9a-f]{32,64}/[^/\\\0]{1,255}")
GONE = (
    "The link's picture isn't kept any more (uploads are, for a day); upload it again. The picture "
    "here is another one."
)


def picture_name(path: str) -> str:
    """Return what a link calls a picture."""
    photos = Photos()
    for index in range(len(photos)):
        if Path(path).name == Path(photos.path(index)).name and path == example(index):
            return EXAMPLE + Path(photos.path(index)).stem
    try:
        return UPLOAD + Path(path).relative_to(served_folder()).as_posix()
    except ValueError:
        return ""


def named_picture(name: str) -> str:
    """Return the path of the picture that a link names.

    Raises:
        InputError: it isn't kept any more, or no such picture was ever here.
    """
    if name.startswith(EXAMPLE):
        photos, wanted = Photos(), name.removeprefix(EXAMPLE)
        if wanted not in photos.ids:
            raise InputError(f"The link names an example that isn't here: {wanted}.")
        return example(photos.index(wanted))
    place = name.removeprefix(UPLOAD)
    path = served_folder() / place
    if not _UPLOADED.fullmatch(place) or ".." in place or not path.is_file():
        raise InputError(GONE)
    return str(path)
