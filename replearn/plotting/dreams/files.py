"""What is written of a made picture: the picture, how it grew, and its figures."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from replearn.results.dreams import Dream, Evolved, Fooled, SmallestChange

FRAME = 120  # milliseconds
PAUSE = 1500  # of the last frame


def png_bytes(picture: Image.Image) -> bytes:
    """Return a picture as a PNG file's bytes."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def animation_bytes(pictures: Sequence[Image.Image]) -> bytes:
    """Return pictures of different sizes as an animated WebP at the size of the last."""
    size = pictures[-1].size
    frames = [one.resize(size, Image.Resampling.BICUBIC) for one in pictures]
    times = [FRAME] * (len(frames) - 1) + [PAUSE]
    buffer = io.BytesIO()
    frames[0].save(
        buffer, "WEBP", save_all=True, append_images=frames[1:], duration=times, loop=0, quality=85
    )
    return buffer.getvalue()


def side_by_side(pictures: Sequence[Image.Image]) -> Image.Image:
    """Return pictures of one size as a row."""
    width, height = pictures[0].size
    row = Image.new("RGB", (width * len(pictures), height))
    for number, picture in enumerate(pictures):
        row.paste(picture, (width * number, 0))
    return row


def dream_zip(found: Dream) -> bytes:
    """Return pictures, the animation and the figures in one zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, picture in enumerate(found.images):
            bundle.writestr(f"picture-{number + 1}.png", png_bytes(picture))
        bundle.writestr("growing.webp", animation_bytes(found.steps))
        bundle.writestr("picture.json", json.dumps(found.to_dict(), indent=2))
    return buffer.getvalue()


def fooled_zip(found: Fooled) -> bytes:
    """Return both pictures, the change and the figures in one zip."""
    pictures = {"fooled": found.image, "original": found.original, "change": found.changes}
    return _zipped(pictures, "fooled", found.to_dict())


def smallest_zip(found: SmallestChange) -> bytes:
    """Return both pictures, the change and the figures in one zip."""
    pictures = {"flipped": found.image, "original": found.original, "change": found.changes}
    return _zipped(pictures, "smallest-change", found.to_dict())


def evolved_zip(found: Evolved) -> bytes:
    """Return the pattern, its ancestor and the figures in one zip."""
    pictures = {"evolved": found.image, "ancestor": found.ancestor}
    return _zipped(pictures, "evolved", found.to_dict())


def _zipped(pictures: Mapping[str, Image.Image], name: str, figures: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for picture, image in pictures.items():
            bundle.writestr(f"{picture}.png", png_bytes(image))
        bundle.writestr(f"{name}.json", json.dumps(figures, indent=2))
    return buffer.getvalue()


def write_dream(found: Dream, path: Path) -> None:
    """Write the picture; how it grew, where the file is a .webp; all of it, where it is a .zip."""
    written = {".webp": lambda: animation_bytes(found.steps), ".zip": lambda: dream_zip(found)}
    path.write_bytes(written.get(path.suffix, lambda: png_bytes(found.image))())


def write_fooled(found: Fooled, path: Path) -> None:
    """Write the picture as a PNG, which keeps every value; all of it, where it is a .zip."""
    path.write_bytes(fooled_zip(found) if path.suffix == ".zip" else png_bytes(found.image))
