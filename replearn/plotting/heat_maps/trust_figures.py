"""The checks of a heat map, drawn: two curves and a strip of maps."""

import dataclasses

from PIL import Image

from replearn.plotting.figures import ACCENT, GREY, Figure, packed
from replearn.results.trust import OrderCurve, Trust

_BAND = "rgba(139, 148, 158, 0.25)"
_AXIS = {"deletion": "share covered in grey", "insertion": "share shown, the rest blurred"}


def order_figure(found: OrderCurve, score: str) -> Figure:
    """Draw the score in the map's order over the band of the random ones.

    Args:
        found: a deletion or insertion curve.
        score: what was explained, in words.
    """
    x, low, high = packed(found.shares), found.random.min(0), found.random.max(0)
    edge = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    band = f"{len(found.random)} random orders"
    traces = [
        {**edge, "y": packed(low), "showlegend": False},
        {**edge, "y": packed(high), "fill": "tonexty", "fillcolor": _BAND, "name": band},
        _line("mean of these", x, packed(found.random.mean(0)), GREY),
        _line("the map's order", x, packed(found.scores), ACCENT),
    ]
    layout = {
        "height": 280,
        "margin": {"l": 52, "r": 8, "t": 10, "b": 100},
        "xaxis": {"title": {"text": _AXIS[found.kind]}, "range": [0, 1]},
        "yaxis": {"title": {"text": "score"}},
        # below the axis, where on a phone it may take three lines
        "legend": {"orientation": "h", "y": -0.26, "x": 0},
    }
    return {"traces": traces, "layout": layout, "label": f"{found.kind} curve of the {score}"}


def _line(name: str, x: dict[str, str], y: dict[str, str], colour: str) -> Figure:
    line = {"color": colour, "width": 2}
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": line}


def randomised_strip(found: Trust, opacity: float = 0.6) -> list[tuple[Image.Image, str]]:
    """Return the map and those of the shuffled networks, drawn alike, each with its caption."""
    shown = [(found.heat_map.overlay(opacity), "as trained")]
    for stage in found.randomisation.stages:
        drawn = dataclasses.replace(found.heat_map, values=stage.values).overlay(opacity)
        same = "flat" if stage.correlation != stage.correlation else f"{stage.correlation:.2f}"
        shown.append((drawn, f"{stage.stage}: {same}"))
    return shown
