"""Many small pictures in one: what a map shows when a point is hovered."""

from collections.abc import Sequence

from PIL import Image

from replearn.data.images import to_data_uri

COLUMNS = 100
TILE = 32  # pixels; 100 columns and 250 rows stay under a browser's 8,192 pixels a side


def sprite(pictures: Sequence[Image.Image]) -> str:
    """Tile pictures, row by row, as a JPEG data address."""
    rows = (len(pictures) + COLUMNS - 1) // COLUMNS
    sheet = Image.new("RGB", (COLUMNS * TILE, max(1, rows) * TILE), "white")
    for i, picture in enumerate(pictures):
        sheet.paste(picture.resize((TILE, TILE)), (i % COLUMNS * TILE, i // COLUMNS * TILE))
    return to_data_uri(sheet, quality=80)
