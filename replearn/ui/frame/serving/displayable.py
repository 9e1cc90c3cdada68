"""A picture that the browser can show: as it was brought, or as a PNG of it."""

from pathlib import Path

from PIL import Image

from replearn.data.images import open_image
from replearn.ui.frame.serving.handed_over import served_file

SHOWN = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".bmp"})
LARGE = 4096  # pixels of the longer side, beyond which a browser has a lot to carry


def displayable(path: str) -> str:
    """Return the path of a picture that browsers show and that opens quickly.

    What browsers can't show (HEIC, TIFF, ...), and what is enormous, is opened once and kept as a
    PNG under its own name.

    Raises:
        InputError: the file is no picture that can be opened.
    """
    image = open_image(path)
    name = Path(path)
    if name.suffix.lower() in SHOWN and max(image.size) <= LARGE:
        return path

    def write(part: Path) -> None:
        small = image
        small.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        small.save(part, "PNG", compress_level=1)

    return served_file(f"shown {path}", f"{name.name}.png", write)
