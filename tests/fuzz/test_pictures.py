"""Damaged pictures of every kind that opens: each opens, or is refused in one sentence."""

import base64
import io
import re
import runpy
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from replearn.data.images import FORMATS, open_image
from tests.fuzz.asked import asked
from tests.fuzz.mutations import damaged

HEIC = runpy.run_path(str(Path(__file__).parents[1] / "data" / "heic.py"))
VALUES = np.random.default_rng(0).integers(0, 256, (24, 32, 3), dtype=np.uint8)
VALUES[:12] = 200
PICTURE = Image.fromarray(VALUES)
TURNED = Image.Exif()
TURNED[0x0112] = 6
MORE = {"save_all": True, "append_images": [PICTURE.rotate(90)]}


def written(kind: str, picture: Image.Image = PICTURE, **how: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **how)
    return buffer.getvalue()


WRITTEN = {
    "JPEG": written("JPEG", exif=TURNED),
    "JPEG progressive": written("JPEG", progressive=True),
    "JPEG CMYK": written("JPEG", PICTURE.convert("CMYK")),
    "JPEG MPO": written("MPO", **MORE),
    "PNG": written("PNG"),
    "PNG palette": written("PNG", PICTURE.convert("P"), transparency=3),
    "PNG animated": written("PNG", **MORE),
    "WEBP": written("WEBP"),
    "WEBP animated": written("WEBP", **MORE),
    "GIF": written("GIF", **MORE),
    "BMP": written("BMP"),
    "BMP 1": written("BMP", PICTURE.convert("1")),
    "TIFF": written("TIFF"),
    "TIFF LZW": written("TIFF", compression="tiff_lzw"),
    "TIFF JPEG": written("TIFF", compression="jpeg"),
    "AVIF": written("AVIF"),
}
SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" viewBox="0 0 90 60">
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>
<filter id="f"><feGaussianBlur stdDeviation="3"/></filter></defs>
<rect width="90" height="60" fill="url(#g)" filter="url(#f)"/>
<g transform="rotate(20) scale(0.5)"><path d="M10 10 C 20 20, 40 20, 50 10 Z" stroke="black"/>
<use href="#t"/><text id="t" x="5" y="20" font-size="12">hello</text></g>
<image width="20" height="20" href="data:image/png;base64,
{base64.b64encode(written("PNG")).decode()}"/></svg>"""
ODD = (
    "",
    "-1",
    "0",
    "1e300",
    "1.2.3",
    "nan",
    "url(#g)",
    "#t",
    "url(#f)",
    "99999999999",
    "a" * 5000,
)


def test_every_kind_is_tried():
    assert {name.partition(" ")[0] for name in WRITTEN} | {"SVG", "HEIF"} == set(FORMATS)


@pytest.mark.parametrize("kind", WRITTEN)
def test_damaged_pictures(kind, times, bounded, capfd):
    for seed in range(40 * times):
        asked(lambda seed=seed: open_image(damaged(WRITTEN[kind], seed)))


def test_a_png_whose_checksums_are_right_again(times, bounded):
    for seed in range(100 * times):
        for kind in ("PNG", "PNG palette", "PNG animated"):
            content = checked(damaged(WRITTEN[kind], seed))
            asked(lambda content=content: open_image(content))


@pytest.mark.slow  # each is decoded in a process of its own
def test_damaged_photographs_of_a_phone(times, bounded):
    for seed in range(5 * times):
        asked(lambda seed=seed: open_image(damaged(HEIC["TURNED"], seed)))


@pytest.mark.slow
def test_drawings_with_odd_values_and_damaged_ones(times, bounded):
    for seed in range(12 * times):
        asked(lambda seed=seed: open_image(odd_drawing(seed).encode()))
        asked(lambda seed=seed: open_image(damaged(SVG.encode(), seed)))


def checked(png: bytes) -> bytes:
    """Write the right checksum behind every part: else hardly a damage is looked at."""
    found, at = png[:8], 8
    while at + 8 <= len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        body = png[at + 4 : at + 8 + size]
        found += png[at : at + 4] + body + struct.pack(">I", zlib.crc32(body))
        at += 12 + size
    return found


def odd_drawing(seed: int) -> str:
    """Give some attributes another value; XML that is damaged is hardly looked at."""
    random = np.random.default_rng(seed)

    def odd(found: "re.Match[str]") -> str:
        value = ODD[int(random.integers(len(ODD)))] if random.random() < 0.15 else found[2]
        return f'{found[1]}="{value}"'

    return re.sub(r'(\b[a-z]+)="([^"]*)"', odd, SVG)
