"""A heat map as the page's viewer takes it: the picture, and the raw values behind it."""

import base64
from typing import Any

import numpy as np

from replearn.data.images import to_data_uri
from replearn.results.heat_map import HeatMap


def heat_value(
    found: HeatMap, opacity: float, colours: str = "", threshold: float = 0.0
) -> dict[str, Any]:
    """Return what the viewer draws; see `HeatMap.overlay` for the settings."""
    rows, columns = found.values.shape
    return {
        "src": to_data_uri(found.overlay(opacity, colours, threshold)),
        "rows": rows,
        "columns": columns,
        "values": base64.b64encode(np.ascontiguousarray(found.values, "<f4").tobytes()).decode(),
        "label": f"{found.method} for {found.target}",
        "covers": found.method == "occlusion",
    }
