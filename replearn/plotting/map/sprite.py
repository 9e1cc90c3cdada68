"""Many small pictures in one: what a map shows when a point is hovered, or instead of dots."""

from collections.abc import Iterable

from PIL import Image

from replearn.data.images import thumbnail, to_data_uri

COLUMNS = 100
LARGE, SMALL = 64, 32  # pixels; 100 columns of 64 stay under a browser's 8,192 pixels a side
FEW = 4000  # up to so many pictures are large; 20,000 small ones fill 200 rows


def tile_size(count: int) -> int:
    """Return the side of each picture, in pixels."""
    return LARGE if count <= FEW else SMALL


def sprite(pictures: Iterable[Image.Image], count: int) -> str:
    """Tile pictures, row by row, as a JPEG data address; one picture is open at a time.

    Args:
        pictures: RGB.
        count: how many there are.
    """
    rows, tile = (count + COLUMNS - 1) // COLUMNS, tile_size(count)
    sheet = Image.new("RGB", (COLUMNS * tile, max(1, rows) * tile), "white")
    for i, picture in enumerate(pictures):
        sheet.paste(thumbnail(picture, tile), (i % COLUMNS * tile, i // COLUMNS * tile))
    return to_data_uri(sheet, quality=80)
