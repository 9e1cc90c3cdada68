"""A run's curve, its batch's similarities, its maps, and one anchor's loss, as Plotly figures."""

from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.lab_results import AnchorLoss, RunState
from replearn.plotting.figures import ACCENT, COMPARISON, GREY, PALETTE, Figure, packed


def run_figure(found: RunState) -> Figure:
    """Draw the loss, and beside it what the features are good for."""
    losses = [row for row in found.rows if row.loss is not None]
    measured = [row for row in found.rows if row.knn is not None]
    traces = [
        _line("loss", [r.epoch for r in losses], [r.loss for r in losses], GREY, "y"),
        _line("kNN", [r.epoch for r in measured], [r.knn for r in measured], ACCENT, "y2"),
        _line(
            "linear probe",
            [r.epoch for r in measured],
            [r.probe for r in measured],
            COMPARISON,
            "y2",
        ),
    ]
    layout = {
        "height": 260,
        "margin": {"l": 48, "r": 48, "t": 8, "b": 40},
        "xaxis": {"title": {"text": "round"}},
        "yaxis": {"title": {"text": "loss"}},
        "yaxis2": {
            "title": {"text": "accuracy"},
            "overlaying": "y",
            "side": "right",
            "range": [0, 1],
            "tickmode": "array",
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "showgrid": False,
        },
        "legend": {"orientation": "h", "y": 1.18},
        "uirevision": found.name,
    }
    return {"traces": traces, "layout": layout, "label": "loss and accuracy by round"}


def _line(name: str, x: list[float], y: list[Any], colour: str, axis: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if axis == "y2" else "lines",
        "name": name,
        "x": x,
        "y": y,
        "yaxis": axis,
        "line": {"color": colour},
    }


def _true_pairs(x: list[int], y: list[int], size: int) -> dict[str, Any]:
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
        return {"traces": [], "layout": {"height": 60}}
    views = len(found.cosines)
    partner = [(i + views // 2) % views for i in range(views)]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": np.round(found.cosines, 3).tolist(),
            "zmin": -1,
            "zmax": 1,
            "colorscale": "Viridis",
            "colorbar": {"title": {"text": "cosine"}, "thickness": 10},
            "hovertemplate": "view %{y} and view %{x}: cosine %{z:.2f}<extra></extra>",
        },
        _true_pairs(list(range(views)), partner, 6),
    ]
    layout = {
        "height": 340,
        "margin": {"l": 30, "r": 8, "t": 8, "b": 30},
        "xaxis": {"constrain": "domain", "range": [-0.5, views - 0.5]},
        "yaxis": {"constrain": "domain", "range": [views - 0.5, -0.5], "scaleanchor": "x"},
    }
    return {"traces": traces, "layout": layout, "label": "cosines of the batch's views"}


def round_map_figure(found: RunState, which: int) -> Figure:
    """Draw the map of one round: dots are test pictures, colours their classes."""
    if not len(found.map_steps):
        return {"traces": [], "layout": {"height": 60}}
    which = min(max(which, 0), len(found.map_steps) - 1)
    points: npt.NDArray[np.float32] = found.maps[which].astype(np.float32)
    traces = []
    for number, label in enumerate(np.unique(found.map_labels)):
        rows = found.map_labels == label
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"class {label}",
                "x": packed(points[rows, 0]),
                "y": packed(points[rows, 1]),
                "marker": {"size": 6, "color": PALETTE[number % len(PALETTE)]},
                "hoverinfo": "name",
            }
        )
    hidden = {"visible": False, "range": [-1.15, 1.15]}
    layout = {
        "height": 340,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": hidden,
        "yaxis": {**hidden, "scaleanchor": "x"},
        "showlegend": False,
        "transition": {"duration": 300},
    }
    return {"traces": traces, "layout": layout, "label": f"map after step {found.map_steps[which]}"}


def anchor_figure(found: AnchorLoss, names: list[str]) -> Figure:
    """Draw an anchor's cosines, their softmax shares and the pull on each, most alike first."""
    order = np.argsort(-found.cosines, kind="stable")
    colours = [ACCENT if j == found.positive else GREY for j in order]
    texts = [names[j] for j in order]
    rows: tuple[tuple[str, npt.NDArray[np.float64], str], ...] = (
        ("cosine", found.cosines, "x"),
        ("softmax share", found.shares, "x2"),
        ("gradient", found.pull, "x3"),
    )
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "x": np.round(values[order], 4).tolist(),
            "y": list(range(len(order))),
            "xaxis": axis,
            "marker": {"color": colours},
            "text": texts,
            "textposition": "none",
            "hovertemplate": f"%{{text}}: {title} %{{x:.3g}}<extra></extra>",
            "showlegend": False,
        }
        for title, values, axis in rows
    ]
    layout = {
        "height": 420,
        "margin": {"l": 120, "r": 8, "t": 8, "b": 44},
        "xaxis": {"domain": [0, 0.3], "title": {"text": "cosine"}, "range": [-1, 1]},
        "xaxis2": {"domain": [0.36, 0.64], "title": {"text": "softmax share"}, "range": [0, 1]},
        "xaxis3": {"domain": [0.7, 1], "title": {"text": "gradient of the loss"}},
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(order))),
            "ticktext": texts,
            "tickfont": {"size": 10},
        },
    }
    return {"traces": traces, "layout": layout, "label": "one anchor's loss"}


def caption_figure(
    cosines: npt.NDArray[np.float32],
    shares: npt.NDArray[np.float64],
    names: list[str],
    texts: list[str],
) -> Figure:
    """Draw the n x n softmax shares of pictures (rows) over captions, the true pairs marked."""
    count = len(names)
    places = list(range(count))
    hover = [
        [f"{name} | {text}: cosine {cosines[i, j]:.2f}" for j, text in enumerate(texts)]
        for i, name in enumerate(names)
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": np.round(shares, 4).tolist(),
            "zmin": 0,
            "zmax": 1,
            "colorscale": "Viridis",
            "colorbar": {"title": {"text": "softmax share"}, "thickness": 10},
            "text": hover,
            "hovertemplate": "%{text}, share %{z:.3f}<extra></extra>",
        },
        _true_pairs(places, places, 18),
    ]
    layout = {
        "height": 420,
        "margin": {"l": 130, "r": 8, "t": 8, "b": 44},
        "xaxis": {
            "title": {"text": "caption"},
            "tickvals": places,
            "ticktext": [str(i + 1) for i in places],
        },
        "yaxis": {"tickvals": places, "ticktext": names, "range": [count - 0.5, -0.5]},
    }
    return {"traces": traces, "layout": layout, "label": "pictures by captions"}
