"""Pictures that the page sends: each file is written once, and whole.

Gradio 6.31 names a picture's file after its content and yet writes it anew each time it is sent. A
browser that is being sent the first copy then gets a truncated file, and the server an error ("Too
little data for declared Content-Length"): whatever sends the same picture step by step, as dreams
do, runs into it now and then.
"""

import os
import tempfile
from pathlib import Path

from gradio import processing_utils
from PIL import Image


def send_pictures_once() -> None:
    """Let all components of this process save their pictures by `saved_once`."""
    processing_utils.save_pil_to_cache = saved_once


def saved_once(
    img: Image.Image, cache_dir: str, name: str = "image", format: str = "webp"
) -> str:  # Gradio's own names, by which it is called
    """Write a picture to a file named after its content, unless it is there; return its path.

    Args:
        img: the picture.
        cache_dir: the component's folder.
        name: of the file, without its ending.
        format: as Gradio knows it.
    """
    content: bytes = processing_utils.encode_pil_to_bytes(img, format)  # type: ignore[no-untyped-call]
    folder = Path(cache_dir).resolve() / processing_utils.hash_bytes(content)
    target = folder / f"{name}.{format}"
    try:
        os.utime(target)  # Gradio clears away what is old, and this one is shown again
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(".part", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(part, target)  # nobody ever sees half of it
    return str(target)
