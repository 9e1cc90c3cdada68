"""The fine-tuning matrix as two heat maps of one scale, and one network's training curve."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from replearn.plotting.figures import ACCENT, COMPARISON, Figure
from replearn.results.matrix import FineTuningMatrix, Floats, MatrixCell

SCALE = "Cividis"  # even to the eye, in print and for the colour-blind


Cells = Sequence[tuple[int, int]]


def published_matrix_figure(found: FineTuningMatrix, marked: Cells = ()) -> Figure:
    """Draw the paper's cells; some, (row, column), may be marked."""
    label = "published: ResNet-50, 16 classes of photographs"
    return _cells(found, found.published, label, marked)


def own_matrix_figure(found: FineTuningMatrix, marked: Cells = ()) -> Figure:
    """Draw ours, means over the seeds; some cells, (row, column), may be marked."""
    label = "here: a small ResNet, 8 solids of shapes"
    return _cells(found, found.accuracy.mean(2), label, marked)


def _cells(found: FineTuningMatrix, shares: Floats, label: str, marked: Cells) -> Figure:
    rows, columns = shares.shape
    text = [["" if np.isnan(v) else f"{100 * v:.0f}" for v in row] for row in shares]
    trace = {
        "type": "heatmap",
        "z": np.round(100 * shares, 1).tolist(),
        "x": list(found.networks),
        "y": list(found.evaluations),
        "zmin": 0,
        "zmax": 100,
        "colorscale": SCALE,
        "showscale": False,
        "text": text,
        "texttemplate": "%{text}",
        "textfont": {"size": 10},
        "xgap": 1,
        "ygap": 1,
        "customdata": np.arange(rows * columns).reshape(rows, columns).tolist(),
        "hovertemplate": "trained as %{x}, tested on %{y}: %{z:.0f} %<extra></extra>",
    }
    layout = {
        "height": 330,
        "margin": {"l": 8, "r": 4, "t": 34, "b": 30},
        "title": {"text": label, "font": {"size": 13}, "x": 0, "xanchor": "left"},
        "xaxis": {"tickfont": {"size": 10}, "showgrid": False},
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "tickfont": {"size": 11},
            "showgrid": False,
        },
        "dragmode": False,
        "shapes": [] if len(marked) == shares.size else [_frame(*cell) for cell in marked],
    }
    return {"traces": [trace], "layout": layout, "label": f"accuracy in per cent, {label}"}


def _frame(row: int, column: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": column - 0.5,
        "x1": column + 0.5,
        "y0": row - 0.5,
        "y1": row + 0.5,
        "line": {"color": COMPARISON, "width": 3},
    }


def cell_curve_figure(cell: MatrixCell) -> Figure:
    """Draw loss and training accuracy over the rounds."""
    rounds = cell.curve[:, 0].tolist()
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": rounds,
            "y": np.round(cell.curve[:, column], 4).tolist(),
            "line": {"color": colour},
            **axis,
        }
        for name, column, colour, axis in (
            ("accuracy on training pictures", 2, ACCENT, {}),
            ("loss in nats", 1, COMPARISON, {"yaxis": "y2"}),
        )
    ]
    layout = {
        "height": 230,
        "margin": {"l": 44, "r": 44, "t": 8, "b": 40},
        "xaxis": {"title": {"text": "round"}},
        "yaxis": {"title": {"text": "accuracy"}, "range": [0, 1]},
        "yaxis2": {
            "title": {"text": "loss"},
            "overlaying": "y",
            "side": "right",
            "rangemode": "tozero",
            "tickformat": ".1f",
        },
        "legend": {"orientation": "h", "y": 1.2},
    }
    return {"traces": traces, "layout": layout, "label": f"training of {cell.network}"}
