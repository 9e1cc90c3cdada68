"""Pictures in conflict in the cache: found again, or made anew."""

import contextlib
import logging
import os
import threading
from pathlib import Path

from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.in_place import put_in_place
from replearn.core.settings import from_environment, writable_folder
from replearn.data.images import open_image
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.studies.shape.cues import Cues
from replearn.studies.shape.restyled import MAKER, StyleChoice

FOLDER = "cue-conflicts"
MOST_FILES = 500  # in the cache; the oldest go
DEFINITION = 1  # of how they are made; another number makes them anew
log = logging.getLogger(__name__)


def kept_conflict(cues: Cues, choice: StyleChoice) -> Image.Image | None:
    """Return a picture that was made before, or None."""
    path = conflict_path(cues, choice)
    try:
        image = open_image(path) if path.exists() else None
    except InputError as error:
        log.warning("%s The picture is made anew.", error)
        return None
    return image if image is not None and image.size == (choice.side, choice.side) else None


def keep_conflict(cues: Cues, choice: StyleChoice, image: Image.Image) -> None:
    """Write a picture into the cache, where that may be written."""
    path = conflict_path(cues, choice)
    if not writable_folder(path.parent):
        log.warning("%s can't be written; pictures in conflict are made anew.", path.parent)
        return
    part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    try:
        image.save(part, "PNG")
        put_in_place(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        log.warning("A picture in conflict isn't kept on disk (%s).", error)
    kept = list(path.parent.glob("*.png"))
    if len(kept) > MOST_FILES:
        with contextlib.suppress(OSError):  # another app may do the same
            for old in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) // 5]:
                old.unlink(missing_ok=True)


def conflict_path(cues: Cues, choice: StyleChoice) -> Path:
    """Return where a picture is kept; the name changes with photographs, weights and settings."""
    made_from = [str(DEFINITION), load_model(MAKER).fingerprint, Photos().fingerprint()]
    key = fingerprint.of_parts([*made_from, repr(cues), repr(choice)])
    return from_environment().cache_dir / FOLDER / f"{key}.png"
