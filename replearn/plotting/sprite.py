"""Many small pictures in one: what a map shows when a point is hovered."""

import base64
import io
from collections.abc import Sequence

from PIL import Image

COLUMNS = 100
TILE = 32  # pixels; 100 columns and 250 rows stay under a browser's 8,192 pixels a side


def sprite(pictures: Sequence[Image.Image]) -> str:
    """Tile pictures, row by row, as a JPEG data address."""
    rows = (len(pictures) + COLUMNS - 1) // COLUMNS
    sheet = Image.new("RGB", (COLUMNS * TILE, max(1, rows) * TILE), "white")
    for i, picture in enumerate(pictures):
        sheet.paste(picture.resize((TILE, TILE)), (i % COLUMNS * TILE, i // COLUMNS * TILE))
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
