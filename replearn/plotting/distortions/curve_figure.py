"""Accuracy over a distortion's levels, one line for each model."""

from collections.abc import Sequence
from typing import Any

from replearn.distortions import load_distortion
from replearn.distortions.base import Distortion
from replearn.plotting.figures import GREY, PALETTE, Figure
from replearn.results.distortions import PublishedPoint, RobustnessCurve

PUBLISHED = {"human observers": "diamond", "ResNet-50": "square"}


def curve_figure(
    curves: Sequence[RobustnessCurve],
    level: float | None = None,
    published: Sequence[PublishedPoint] = (),
    colours: Sequence[str] = PALETTE,
) -> Figure:
    """Draw a line for each model, chance, the published figures, and where the slider stands.

    The axis runs over the distortion's listed levels in equal steps, as the slider does.

    Args:
        curves: at least one, of one distortion and data set; those without a point are left out.
        level: where the slider stands; None draws no line.
        published: figures of others, marked as such.
        colours: one for each curve.
    """
    name = curves[0].distortion
    method = load_distortion(name.rpartition(", ")[2])
    traces: list[dict[str, Any]] = []
    for found, colour in zip(curves, colours, strict=False):
        if found.points:
            traces += _model_traces(found, method, level, colour)
    traces += _chance(curves, len(method.levels) - 1) + _published(published, method)
    layout = _axes(method, name, curves[0].dataset)
    if level is not None:
        layout["shapes"] = [_line_at(method.position_of(level))]
    label = f"accuracy under {name}, one line per model"
    return {"traces": traces, "layout": layout, "label": label}


def _line_at(at: float) -> dict[str, Any]:
    line = {"color": GREY, "width": 1}
    return {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _model_traces(
    found: RobustnessCurve, method: Distortion, level: float | None, colour: str
) -> list[dict[str, Any]]:
    points = sorted(found.points, key=lambda point: method.position_of(point.level))
    name = found.stamp.model
    said = [f"{name} at {_said(point.level, method)}: {point.accuracy}" for point in points]
    x = [method.position_of(point.level) for point in points]
    y = [point.accuracy.value for point in points]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": y,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [p.accuracy.high - p.accuracy.value for p in points],
            "arrayminus": [p.accuracy.value - p.accuracy.low for p in points],
            "thickness": 1,
            "width": 3,
        },
        "text": said,
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": colour},
        "marker": {"size": 5},
    }
    here = [i for i, point in enumerate(points) if point.level == level]
    ring = {
        "type": "scatter",
        "mode": "markers",
        "x": [x[i] for i in here],
        "y": [y[i] for i in here],
        "marker": {
            "size": 15,
            "symbol": "circle-open",
            "color": colour,
            "line": {"width": 3},
        },
        "showlegend": False,
        "hoverinfo": "skip",
    }
    return [line, ring]


def _chance(curves: Sequence[RobustnessCurve], end: int) -> list[dict[str, Any]]:
    shares = sorted({found.chance for found in curves if found.points})
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"chance {share:.2g}",
            "x": [0, end],
            "y": [share, share],
            "line": {"color": GREY, "dash": "dot"},
            "hoverinfo": "skip",
        }
        for share in shares
    ]


def _published(points: Sequence[PublishedPoint], method: Distortion) -> list[dict[str, Any]]:
    traces = []
    for observer in dict.fromkeys(point.observer for point in points):
        some = [point for point in points if point.observer == observer]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{observer}, published on other data",
                "x": [method.position_of(point.level) for point in some],
                "y": [point.accuracy for point in some],
                "marker": {
                    "symbol": f"{PUBLISHED[observer]}-open",
                    "size": 11,
                    "color": GREY,
                    "line": {"width": 2},
                },
                "text": [
                    f"{observer} at {_said(point.level, method)}: {point.accuracy:.2f}, "
                    f"Geirhos et al. 2018, 16 classes of ImageNet{point.on and ', '}{point.on}"
                    for point in some
                ],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    return traces


def _said(level: float, method: Distortion) -> str:
    return f"{level:.3g} ({method.unit})"


def _axes(method: Distortion, name: str, dataset: str) -> dict[str, Any]:
    end = len(method.levels) - 1
    return {
        "height": 400,
        "margin": {"l": 48, "r": 12, "t": 12, "b": 44},
        "xaxis": {
            "title": {"text": f"{name}: {method.unit}"},
            "tickvals": list(range(end + 1)),
            "ticktext": [f"{level:g}" for level in method.levels],
            "range": [-0.15, end + 0.15],
            "zeroline": False,
        },
        "yaxis": {"title": {"text": f"accuracy on {dataset}"}, "range": [0, 1.02]},
        "legend": {"orientation": "h", "y": -0.22, "font": {"size": 11}},
    }
