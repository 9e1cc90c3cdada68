"""What the map in the browser draws: plain dictionaries with packed numbers (see static/map.js)."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.plotting.figures import GREY, PALETTE, packed, packed_rows, plain
from replearn.results.map import Colouring, EmbeddingMap, Placed

STATIC = Path(__file__).parent / "static"
Value = dict[str, Any]


@cache
def map_script() -> str:
    """Return the browser's part of the map, one script."""
    parts = ("map_data.js", "map_paint.js", "map.js")
    return "\n".join((STATIC / part).read_text(encoding="utf-8") for part in parts)


def map_markup(name: str) -> str:
    """Return the elements that a map of this name is drawn in."""
    return (STATIC / "map.html").read_text(encoding="utf-8").replace("NAME", name)


def as_text(value: Value) -> str:
    """Return a value as the text that goes to the browser: Gradio would wrap every list in it."""
    return json.dumps(value)


def map_key(found: EmbeddingMap) -> str:
    """Return a text that is another for another map."""
    return str((found.stamp.fingerprint, found.stamp.seed, dict(found.stamp.settings)))


def map_value(found: EmbeddingMap, colour: Colouring) -> Value:
    """Return what draws a map.

    Args:
        found: the map.
        colour: of every row of the table.
    """
    value: Value = {
        "key": map_key(found),
        "pictures": pictures_key(found),
        "x": packed(found.coordinates[:, 0]),
        "y": packed(found.coordinates[:, 1]),
        "rows": packed_rows(found.rows),
        "colour": colour_value(found, colour),
        "label": f"{found.projection} map of {len(found.ids):,} pictures of {found.dataset}",
    }
    if found.coordinates.shape[1] == 3:
        value["z"] = packed(found.coordinates[:, 2])
    return value


def colour_value(found: EmbeddingMap, colour: Colouring) -> Value:
    """Return what colours a map: the values of the rows that are drawn, and what they mean."""
    values = colour.values[found.rows]
    names = [plain(name, 28) for name in colour.names]
    colours = [
        GREY if name in {"other", "others", "(none)"} else PALETTE[i % len(PALETTE)]
        for i, name in enumerate(colour.names)
    ]
    low, high = (float(np.nanpercentile(values, q)) for q in (5, 99.8))
    return {
        "key": map_key(found),
        "title": plain(colour.title, 40),
        "values": packed(values),
        "names": names,
        "colours": colours,
        "range": [low, high if high > low else low + 1e-6],
    }


def pictures_key(found: EmbeddingMap) -> str:
    """Return a text that is the same for maps of the same pictures."""
    return fingerprint.of_parts([found.dataset, *found.ids, *found.captions])


def overlay_value(
    found: EmbeddingMap,
    row: int | None,
    near: Sequence[int] | npt.NDArray[np.int64],
    placed: Placed | None = None,
) -> Value:
    """Return what lies over a map: a row or a placed point, and lines to its true neighbours."""
    value: Value = {"key": map_key(found), "row": row, "near": [int(i) for i in near], "marks": []}
    if placed is not None:
        for name, place in zip(placed.names, placed.coordinates.tolist(), strict=True):
            value["marks"].append({"text": name[:40], **dict(zip("xyz", place, strict=False))})
        if row is None:
            value["from"] = placed.coordinates[0, :2].tolist()
    return value
