"""A map as one page that needs nothing else: no server, no network."""

import html
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.plotting.figures import packed_rows
from replearn.plotting.map.sprite import COLUMNS, tile_size
from replearn.plotting.map.values import (
    STATIC,
    colour_value,
    map_markup,
    map_script,
    map_value,
    pictures_key,
)
from replearn.results.map import Colouring, EmbeddingMap


def map_page(
    found: EmbeddingMap,
    colours: Sequence[Colouring],
    near: npt.NDArray[np.int64],
    sheet: str,
) -> str:
    """Return the page's HTML.

    Args:
        found: the map; all its rows must be drawn, in order.
        colours: what the map can be coloured by; the first is shown.
        near: (n, k) each point's true neighbours among the points, nearest first.
        sheet: the pictures as one (see `plotting.sprite`), or "".
    """
    names = list(found.captions)
    data = {
        "base": {**map_value(found, colours[0]), "key": "map"},
        "pictures": {
            "key": pictures_key(found),
            "src": sheet,
            "tile": tile_size(len(names)),
            "columns": COLUMNS,
            "captions": names,
        },
        "colours": [{**colour_value(found, one), "key": "map"} for one in colours],
        "near": {"k": near.shape[1], **packed_rows(near.reshape(-1))},
        "stamp": str(found.stamp),
        "preservation": {name: round(value, 3) for name, value in found.preservation.items()},
    }
    title = f"{found.dataset} under {found.stamp.model}: {found.projection} map"
    page = _static("page.html")
    for mark, text in {
        "TITLE": html.escape(title),
        "MAP": map_markup("map"),
        "PLOTLY": _plotly(),
        "SCRIPT": f"{map_script()}\n",
        "PAGE": _static("page.js"),
        "DATA": _in_script(data),
    }.items():
        page = page.replace(f"<!--{mark}-->", text)
    return page


def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _plotly() -> str:
    spec = importlib.util.find_spec("plotly")
    assert spec is not None  # in requirements.txt
    assert spec.origin is not None
    script = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    return script.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _in_script(data: dict[str, Any]) -> str:
    """Return JSON that can't end the script element it stands in, whatever a caption holds."""
    return json.dumps(data).replace("<", "\\u003c")
