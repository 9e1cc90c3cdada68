"""A picture's path on the embedding map while it is distorted."""

from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.plotting.figures import ACCENT, COMPARISON, GREY, PALETTE, Figure, packed
from replearn.results.distortions import Walk
from replearn.results.map import EmbeddingMap

MOST_DOTS = 800  # behind a path; more only make it slower
HIDDEN = {"visible": False, "showgrid": False, "zeroline": False}
Points = npt.NDArray[np.float32]


def path_figure(
    found: EmbeddingMap, path: Points, walked: Walk, here: Points, height: int = 300
) -> Figure:
    """Draw a picture's way over the map: from the untouched picture to the strongest level.

    Args:
        found: the map.
        path: (1 + k, 2) the points of the walk, the untouched picture first.
        walked: the walk.
        here: (2,) where the slider's picture stands.
        height: in pixels.
    """
    dots = np.arange(0, len(found.ids), max(1, len(found.ids) // MOST_DOTS))
    names = sorted(set(found.groups))
    place = {name: i for i, name in enumerate(names)}
    colours = [PALETTE[place[found.groups[i]] % len(PALETTE)] for i in dots]
    said = ["untouched", *(f"{level:.3g}" for level in walked.levels)]
    traces: list[dict[str, Any]] = [
        {
            "type": "scattergl",
            "mode": "markers",
            "x": packed(found.coordinates[dots, 0]),
            "y": packed(found.coordinates[dots, 1]),
            "marker": {"size": 3, "opacity": 0.45, "color": colours if len(names) > 1 else GREY},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": path[:, 0].tolist(),
            "y": path[:, 1].tolist(),
            "text": said,
            "hovertemplate": "level %{text}<extra></extra>",
            "line": {"color": COMPARISON, "width": 2},
            "marker": {"size": 5},
        },
        _mark(path[0], "circle", GREY, "clean", "top center"),
        _mark(here, "diamond", ACCENT, "now", "bottom center"),
    ]
    layout = {
        "height": height,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": HIDDEN,
        "yaxis": HIDDEN,
        "showlegend": False,
        "dragmode": "pan",
    }
    label = f"path on the {found.projection} map of {found.dataset}"
    return {"traces": traces, "layout": layout, "label": label}


def _mark(point: Points, symbol: str, colour: str, text: str, position: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [float(point[0])],
        "y": [float(point[1])],
        "text": [text],
        "textposition": position,
        "marker": {"size": 12, "symbol": symbol, "color": colour},
        "hoverinfo": "skip",
    }
