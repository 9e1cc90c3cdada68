"""A run's curve, its batch's similarities and its maps, as Plotly figures."""

from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.plotting.figures import ACCENT, COMPARISON, GREY, PALETTE, Figure, packed
from replearn.results.training import Row, RunState

EMPTY: Figure = {"traces": [], "layout": {"height": 60}}


def run_figure(found: RunState) -> Figure:
    """Draw the loss and what the features are good for; below it alignment and uniformity."""
    losses = [row for row in found.rows if row.loss is not None]
    measured = [row for row in found.rows if row.knn is not None]
    spread = [row for row in found.rows if row.alignment is not None]
    traces = [
        _line("loss", losses, "loss", GREY, "y"),
        _line("kNN accuracy", measured, "knn", ACCENT, "y2"),
        _line("linear probe accuracy", measured, "probe", COMPARISON, "y2"),
        _line("alignment", spread, "alignment", PALETTE[2], "y3"),
        _line("uniformity", spread, "uniformity", PALETTE[3], "y4"),
    ]
    right = {"side": "right", "showgrid": False}
    layout = {
        "height": 420,
        "margin": {"l": 52, "r": 56, "t": 56, "b": 40},
        "xaxis": {"title": {"text": "round"}, "anchor": "y3"},
        "yaxis": {"title": {"text": "loss"}, "domain": [0.42, 1]},
        "yaxis2": {
            "title": {"text": "accuracy"},
            "overlaying": "y",
            "range": [0, 1],
            "tickmode": "array",
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            **right,
        },
        "yaxis3": {"title": {"text": "alignment"}, "domain": [0, 0.32], "showgrid": False},
        "yaxis4": {
            "title": {"text": "uniformity"},
            "overlaying": "y3",
            "tickformat": ".1f",
            **right,
        },
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "uirevision": found.name,
    }
    label = "loss, accuracy, alignment and uniformity by round"
    return {"traces": traces, "layout": layout, "label": label}


def _line(name: str, rows: list[Row], field: str, colour: str, axis: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if axis == "y2" else "lines",
        "name": name,
        "x": [row.epoch for row in rows],
        "y": [getattr(row, field) for row in rows],
        "yaxis": axis,
        "line": {"color": colour},
        "marker": {"size": 5},
    }


def true_pairs(x: list[int], y: list[int], size: int) -> dict[str, Any]:
    """Return squares that mark which cells of a matrix belong together."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"symbol": "square-open", "size": size, "color": COMPARISON},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def similarity_figure(found: RunState) -> Figure:
    """Draw the batch's 2m x 2m cosines, positives marked by squares."""
    if found.cosines is None:
        return EMPTY
    views = len(found.cosines)
    rows, columns = np.nonzero(found.positives)
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": np.round(found.cosines, 3).tolist(),
            "zmin": -1,
            "zmax": 1,
            "colorscale": "Viridis",
            "colorbar": {
                "title": {"text": "cosine", "side": "top"},
                "thickness": 10,
                "orientation": "h",
                "y": -0.1,
                "yanchor": "top",
            },
            "hovertemplate": "view %{y} and view %{x}: cosine %{z:.2f}<extra></extra>",
        },
        true_pairs(columns.tolist(), rows.tolist(), 4),
    ]
    layout = {
        "height": 380,
        "margin": {"l": 30, "r": 8, "t": 8, "b": 80},
        "xaxis": {"constrain": "domain", "range": [-0.5, views - 0.5]},
        "yaxis": {"constrain": "domain", "range": [views - 0.5, -0.5], "scaleanchor": "x"},
    }
    return {"traces": traces, "layout": layout, "label": "cosines of the batch's views"}


def round_map_figure(found: RunState, which: int) -> Figure:
    """Draw the map of one round: dots are test pictures, colours their classes."""
    if not len(found.map_steps):
        return EMPTY
    which = min(max(which, 0), len(found.map_steps) - 1)
    points: npt.NDArray[np.float32] = found.maps[which].astype(np.float32)
    present = np.unique(found.map_labels)
    traces = []
    for number, label in enumerate(present):
        rows = found.map_labels == label
        named = 0 <= label < len(found.map_names)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": found.map_names[label][:24] if named else f"class {label}",
                "x": packed(points[rows, 0]),
                "y": packed(points[rows, 1]),
                "marker": {"size": 6, "color": PALETTE[number % len(PALETTE)]},
                "hoverinfo": "name",
            }
        )
    hidden = {"visible": False, "range": [-1.15, 1.15]}
    layout = {
        "height": 380,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": hidden,
        "yaxis": {**hidden, "scaleanchor": "x"},
        "showlegend": len(present) <= len(PALETTE),
        "legend": {"orientation": "h", "font": {"size": 10}, "y": -0.02},
        "transition": {"duration": 300},
    }
    return {"traces": traces, "layout": layout, "label": f"map after step {found.map_steps[which]}"}
