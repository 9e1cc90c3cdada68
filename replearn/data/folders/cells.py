"""A table's cells as texts."""

import json
import math

Record = dict[str, str]
PATH = "path"


def text_of(cell: object) -> str:
    """Return a cell as a text; "" for nothing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False, default=str)
    # JSON can hold halves of characters, which can't be encoded
    return str(cell).encode(errors="replace").decode().strip()
