"""Confusion, reliability, and the cosines of pictures and texts."""

from typing import Any

import numpy as np

from replearn.plotting.figures import ACCENT, GREY, Figure, plain
from replearn.results.many_pictures import CosineMatrix, Evaluation


def matrix_figure(found: CosineMatrix) -> Figure:
    """Draw the cosines of pictures against texts, numbers in the cells where there is room."""
    cells = found.cosines.size
    trace: dict[str, Any] = {
        "type": "heatmap",
        "z": found.cosines.tolist(),
        "x": list(range(len(found.texts))),
        "y": list(range(len(found.pictures))),
        "colorscale": "Viridis",
        "colorbar": {"title": {"text": "cosine"}},
        "hovertemplate": "cosine %{z:.3f}<extra></extra>",
    }
    if cells <= 150:
        trace |= {"texttemplate": "%{z:.2f}"}
    layout = {
        "height": max(260, 90 + 36 * len(found.pictures)),
        "margin": {"l": 130, "r": 10, "t": 10, "b": 110},
        "xaxis": {
            "tickvals": list(range(len(found.texts))),
            "ticktext": [plain(text, 24) for text in found.texts],
            "tickangle": -40,
        },
        "yaxis": {
            "tickvals": list(range(len(found.pictures))),
            "ticktext": [plain(name, 18) for name in found.pictures],
            "autorange": "reversed",
        },
    }
    return {"traces": [trace], "layout": layout, "label": "cosines of pictures and texts"}


def confusion_figure(found: Evaluation, most: int = 30) -> Figure:
    """Draw the confusion matrix of the classes that are confused most, rows normalised."""
    errors = found.confusion.sum(1) - np.diag(found.confusion)
    present = np.flatnonzero(found.confusion.sum(1))
    kept = np.sort(present[np.argsort(-errors[present], kind="stable")][:most])
    part = found.confusion[np.ix_(kept, kept)].astype(float)
    totals = found.confusion[kept].sum(1, keepdims=True)
    names = [plain(found.labels[i], 18) for i in kept]
    ticks = {"tickvals": list(range(len(kept))), "ticktext": names}
    trace = {
        "type": "heatmap",
        "z": (part / totals).tolist(),
        "x": list(range(len(kept))),
        "y": list(range(len(kept))),
        "colorscale": "Viridis",
        "zmin": 0,
        "zmax": 1,
        "hovertemplate": "%{z:.2f} of the row<extra></extra>",
    }
    layout = {
        "height": 460,
        "margin": {"l": 120, "r": 10, "t": 10, "b": 110},
        "xaxis": {**ticks, "tickangle": -45, "title": {"text": "predicted"}},
        "yaxis": {**ticks, "autorange": "reversed", "title": {"text": "true"}},
    }
    return {"traces": [trace], "layout": layout, "label": "confusion matrix"}


def reliability_figure(found: Evaluation) -> Figure:
    """Draw accuracy against confidence, with the share of pictures in each bin."""
    table = found.reliability
    filled = table.count > 0
    line = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 1], "name": "calibrated"}
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": found.stamp.model,
        "x": table.confidence[filled].tolist(),
        "y": table.accuracy[filled].tolist(),
        "text": [f"{n:,} pictures" for n in table.count[filled]],
        "marker": {"size": (6 + 18 * np.sqrt(table.count[filled] / table.count.sum())).tolist()},
        "line": {"color": ACCENT},
    }
    layout = {
        "height": 460,
        "xaxis": {"title": {"text": "confidence"}, "range": [0, 1]},
        "yaxis": {"title": {"text": f"accuracy (ECE {table.ece:.2f})"}, "range": [0, 1]},
        "showlegend": False,
    }
    dotted = {**line, "line": {"color": GREY, "dash": "dot"}, "hoverinfo": "skip"}
    return {"traces": [dotted, trace], "layout": layout, "label": "reliability diagram"}
